import { HilError } from '../../harness/base/error.ts';
import { boardOptions } from './board-options.ts';
import { createBootBook } from './boots.ts';
import { createCauseBook } from './cause-book.ts';
import type { ClauseFacts, CutSweep, Deviation, Entry, OwnShare, RunFacts, Silence } from './entry.ts';
import { exitCodeOf } from './exit-code.ts';
import { createTestBook } from './fold-tests.ts';
import { judgeClauses } from './judge-clauses.ts';
import { findingOf, silenceClause } from './late-findings.ts';
import { createLatencyBook } from './latency.ts';
import type { Problem, RunRecord } from './record.ts';
import { askedOf, createTimingBook, withoutUnselected } from './timing.ts';
import { voidingProblem, voidTests, voidTiming } from './void-verdicts.ts';

/** Builds the record of a run from its entries. */
interface Fold {
  add(entry: Entry): void;
  /** The record so far. @throws RECORD_UNREADABLE before `run-start` */
  record(): RunRecord;
}

/** Keeps all different values of a key, in the order seen: a difference within a run is worth knowing. */
function observe(observations: Map<string, string[]>, key: string, value: string): void {
  const seen = observations.get(key) ?? [];
  if (!seen.includes(value)) observations.set(key, [...seen, value]);
}

function problemOf(entry: Extract<Entry, { type: 'rig-error' | 'module-error' | 'usage-error' }>): Problem {
  const { type, code, message, remedy } = entry;
  const unrest = entry.type === 'rig-error' && entry.atRest === false;
  return {
    kind: type,
    code,
    message,
    ...(remedy !== undefined && { remedy }),
    ...(unrest && { atRest: false }),
  };
}

const sweepOf = ({ record, durableMs, cuts }: CutSweep): RunRecord['cutSweeps'][number] => ({
  record,
  durableMs,
  cuts: cuts.map((cut) => ({ ...cut })),
});

/** A module that fell silent has broken INPUT-ALIVE, whichever clauses were selected. */
const judgedAnyway = (
  clauses: readonly ClauseFacts[],
  silences: readonly Silence[],
): readonly ClauseFacts[] =>
  silences.length === 0
    ? clauses
    : clauses.map(({ unselected, ...clause }) =>
        unselected && clause.id !== silenceClause ? { ...clause, unselected } : clause,
      );

/** The problem that ended the run. An interruption comes first, because it explains the errors after it. */
const mainProblem = (problems: readonly Problem[]): Problem | undefined =>
  problems.find(({ kind }) => kind === 'interrupted') ?? problems[0];

export function createFold(): Fold {
  const tests = createTestBook();
  const times = createLatencyBook();
  const timing = createTimingBook();
  const observations = new Map<string, string[]>();
  const cutSweeps = new Map<string, RunRecord['cutSweeps'][number]>();
  const boots = createBootBook();
  const causeBook = createCauseBook();
  const problems: Problem[] = [];
  const messages: string[] = [];
  const silences: RunRecord['silences'] = [];
  const wiring: RunRecord['wiring'] = { power: 'unseen', reset: 'unseen' };
  const counters = { exchanges: 0, reboots: 0, nvramWrites: 0, bytesIn: 0, bytesOut: 0 };
  let facts: RunFacts | undefined;
  let clauses: readonly ClauseFacts[] = [];
  let deviations: readonly Deviation[] = [];
  let budgetSpent = false;
  let wear: RunRecord['wear'] = null;
  let module: RunRecord['module'] = null;
  let ownShare: OwnShare | null = null;
  let durationMs: number | null = null;

  function add(entry: Entry): void {
    const finding = findingOf(entry);
    if (finding) tests.addFinding(finding);
    causeBook.add(entry);
    switch (entry.type) {
      case 'run-start':
        facts = entry.facts;
        clauses = entry.clauses;
        deviations = entry.deviations;
        return tests.plan(entry.planned);
      case 'identity':
        module = { imei: entry.imei, revision: entry.revision };
        return;
      case 'exchange':
        counters.exchanges++;
        if (entry.nvramWrite) counters.nvramWrites++;
        times.add(entry);
        return timing.add(entry);
      case 'line-fault':
        return;
      case 'start':
        return boots.add(entry);
      case 'reboot':
        counters.reboots++;
        return boots.add(entry);
      case 'waiting':
        return;
      case 'raw-writes':
        counters.nvramWrites += entry.nvramWrites;
        return;
      case 'budget-spent':
        budgetSpent = true;
        return;
      case 'wear':
        wear = { writesBefore: entry.writesBefore, endurance: entry.endurance, warnAt: entry.warnAt };
        return;
      case 'observation':
        return observe(observations, entry.key, entry.value);
      case 'cut-sweep':
        cutSweeps.set(entry.record, sweepOf(entry));
        return;
      case 'own-share':
        ownShare = entry.own;
        return;
      case 'test-start':
        return tests.start(entry.name);
      case 'test-again':
        return;
      case 'test-end':
        return tests.end(entry);
      case 'bytes':
        counters.bytesIn = entry.in;
        counters.bytesOut = entry.out;
        return;
      case 'silence':
        silences.push({ verdict: entry.verdict, input: entry.input, text: entry.text });
        return;
      case 'wiring':
        wiring[entry.part] = entry.state;
        return;
      case 'rig-error':
      case 'module-error':
      case 'usage-error':
        problems.push(problemOf(entry));
        return;
      case 'interrupted':
        problems.push({ kind: 'interrupted', code: entry.signal, message: 'the run was asked to stop' });
        return;
      case 'message':
        messages.push(entry.text);
        return;
      case 'run-end':
        durationMs = entry.durationMs;
    }
  }

  function state(): RunRecord['state'] {
    if (durationMs === null) return 'running';
    if (problems.some(({ kind }) => kind === 'interrupted')) return 'interrupted';
    // A usage error found after the last test (a deviation that no test met) does not make the run incomplete.
    const cut = !tests.allEnded() || problems.some(({ kind }) => kind === 'rig-error');
    return cut ? 'failed' : 'complete';
  }

  function record(): RunRecord {
    if (!facts) {
      throw new HilError('RECORD_UNREADABLE', 'the first entry of the run, run-start, is missing', {
        remedy: 'the run ended before it had started; start it again',
      });
    }
    const waived = new Set(deviations.map(({ clause }) => clause));
    const ended = tests.tests(durationMs === null ? 'running' : 'ended', mainProblem(problems), waived);
    const mismatch = voidingProblem(problems);
    const recordedTests = mismatch ? voidTests(ended, mismatch) : ended;
    const left = new Set(clauses.filter(({ unselected }) => unselected).map(({ id }) => id));
    const statements = withoutUnselected(timing.statements(askedOf(facts)), left);
    const judged = {
      state: state(),
      profile: facts.profile,
      clauses: judgeClauses(judgedAnyway(clauses, silences), recordedTests),
      tests: recordedTests,
      problems: [...problems],
      silences: [...silences],
      wiring: { ...wiring },
      budgetSpent,
    };
    const { rig, rigFile, driver, emulated, seed, clock, commit, node, startedAt } = facts;
    const { clausePattern, budget, host, junit, faults = [] } = facts;
    return {
      schemaVersion: 1,
      rig,
      rigFile,
      driver,
      emulated,
      faults: [...faults],
      module,
      seed,
      clock,
      commit,
      node,
      ...(host !== undefined && { host }),
      ...(junit !== undefined && { junit }),
      startedAt,
      durationMs,
      clausePattern,
      budget: { ...budget },
      exitCode: durationMs === null ? null : exitCodeOf(judged),
      ...judged,
      // Found once the run has ended: a fold is asked for the record after each test.
      causes: durationMs === null ? [] : causeBook.causes(recordedTests, boardOptions(facts)),
      deviations: deviations.map((deviation) => ({
        ...deviation,
        seenBy: recordedTests
          .filter(({ deviates }) => deviates?.includes(deviation.clause))
          .map(({ name }) => name),
      })),
      latency: times.latency(),
      timing: mismatch ? voidTiming(statements) : statements,
      ownShare,
      observations: {
        ...Object.fromEntries([...observations].map(([key, values]) => [key, values.join(' | ')])),
        ...boots.observations(),
      },
      cutSweeps: [...cutSweeps.values()],
      boots: [...boots.boots],
      counters: { ...counters },
      wear,
      messages: [...messages],
    };
  }

  return { add, record };
}

/** The record of a run from all its entries. @throws RECORD_UNREADABLE without a `run-start` */
export function foldRecord(entries: Iterable<Entry>): RunRecord {
  const fold = createFold();
  for (const entry of entries) fold.add(entry);
  return fold.record();
}
