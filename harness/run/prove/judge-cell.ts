import type { ProofCell } from '../../../reports/proof/proof.ts';
import type { RunRecord } from '../../../reports/record/record.ts';
import { unclearFailures } from '../../../reports/text/failure-sentence.ts';
import { type Clock, toMs } from '../../base/clock.ts';
import type { Profile } from '../../jest/host/profile.ts';
import type { Cell } from './cell.ts';
import { judgeControl } from './judge-control.ts';
import type { RunStage, Stage, StageEnd } from './stage.ts';

/** How a firmware is judged. */
export interface Judging {
  readonly profile: Profile;
  /** Whether nothing else is judged beside it, so that a busy machine is no excuse. */
  readonly alone: boolean;
  /** Go on after the first test that catches a fault, to see which others do. */
  readonly everyTest: boolean;
  /** `--clause`: sound firmware is judged by these clauses alone; null: by every clause. */
  readonly clausePattern: string | null;
}

/**
 * What a busy machine leaves undecided is nearly always what passes fast: states of the network that last 50 ms. So it is
 * judged again where they last longer.
 */
const SLOWER = [1, 3, 10];

/**
 * Judges one firmware: a fault first by the clauses that it breaks, which takes seconds; by those of the release profile
 * where the asked one leaves them out; then by everything. A control by everything first. A generated fault is also judged by
 * the release profile where the asked one saw nothing, or not twice: some show once in a thousand commands.
 */
export async function judgeCell(
  cell: Cell,
  { profile, alone, everyTest, clausePattern }: Judging,
  run: RunStage,
  clock: Pick<Clock, 'now'>,
): Promise<ProofCell> {
  const began = clock.now();
  const { kind, name, describe, generated } = cell;
  const facts = { kind, name, describe, breaks: [...cell.breaks], ...(generated && { generated }) };
  const ended = (outcome: ProofCell['outcome'], stage: Stage, { exitCode, record }: StageEnd): ProofCell => ({
    ...facts,
    outcome,
    failed: failedClauses(record),
    tests: failedTests(record).map((test) => test.name),
    ...unclearIn(record),
    everyTest: !stage.stopEarly,
    ...(outcome === 'caught' && { caughtBy: catcherOf(cell, record), cause: firstCause(cell, record) }),
    profile: stage.profile,
    slower: stage.slower,
    durationMs: Math.round(toMs(clock.now() - began)),
    ...(outcome !== 'caught' && outcome !== 'passed' && { why: whyOf(exitCode, record) }),
  });
  const paces = alone ? SLOWER.slice(1) : SLOWER;
  const [slower = 1] = paces;
  const whole: Stage = { profile, clauses: null, stopEarly: false, slower };
  if (kind === 'control') {
    const first: Stage = { ...whole, clauses: cell.variant ? null : clausePattern };
    const { stage, end, open, closed } = await judgeControl(cell, first, paces, run);
    const outcome = closed ? 'passed' : controlOutcome(end, alone);
    return ended(open ? 'undecided' : outcome, stage, end);
  }
  let slowest = slower;
  for (const quick of quickStages(cell, whole, !everyTest)) {
    let stage: Stage = { ...quick, slower: slowest };
    let end = await run(cell, stage);
    while (isOpen(cell, stage, end) && slowest !== paces.at(-1)) {
      slowest = paces.find((pace) => pace > slowest) ?? slowest;
      stage = { ...quick, slower: slowest };
      end = await run(cell, stage);
    }
    if (caughtBy(cell, end)) return ended('caught', stage, end);
    if (!end.record || end.exitCode > 100) return ended('undecided', stage, end);
    // Firmware that ends a run before its clauses are judged may be caught by what the whole run does before them.
    if (end.exitCode === 3 || (!generated && (isFlaky(cell, end) || !leftOut(cell, end)))) break;
  }
  const stage: Stage = { ...whole, stopEarly: !everyTest, slower: slowest };
  const end = await run(cell, stage);
  return ended(faultOutcome(cell, end), stage, end);
}

/** By the broken clauses alone: as asked, then with what only the release profile runs. */
function quickStages({ breaks }: Cell, all: Stage, stopEarly: boolean): Stage[] {
  if (breaks.length === 0) return [];
  const asked = { ...all, clauses: breaks.join(','), stopEarly };
  return all.profile === 'release' ? [asked] : [asked, { ...asked, profile: 'release' }];
}

/** The failures whose reason does not say what was expected and what came: a defect of the suites, as a survivor is. */
function unclearIn(record: StageEnd['record']): Pick<ProofCell, 'unclear'> {
  const unclear = unclearFailures(record?.tests ?? []);
  return unclear.length === 0 ? {} : { unclear };
}

const failedClauses = (record: StageEnd['record']): string[] =>
  (record?.clauses ?? []).filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);

const failedTests = (record: StageEnd['record']): RunRecord['tests'] =>
  (record?.tests ?? []).filter(({ verdict }) => verdict === 'fail');

/** The first test that failed by a broken clause; undefined where the clause failed without a test, as INPUT-ALIVE may. */
function catcherOf({ breaks }: Cell, record: StageEnd['record']): ProofCell['caughtBy'] {
  const broken = failedClauses(record).filter((id) => breaks.includes(id));
  const test = failedTests(record).find(({ clauses }) => clauses.some((id) => broken.includes(id)));
  if (!test) return undefined;
  return { test: test.name, chapter: test.file, clauses: test.clauses.filter((id) => broken.includes(id)) };
}

/** What the run gives as its first cause, and whether that is the fault. */
function firstCause({ breaks }: Cell, record: StageEnd['record']): ProofCell['cause'] {
  const [first] = record?.causes ?? [];
  return first && { text: first.text, named: first.clauses.some((id) => breaks.includes(id)) };
}

const caughtBy = ({ breaks }: Cell, { record }: StageEnd): boolean =>
  failedClauses(record).some((id) => breaks.includes(id));

/**
 * Whether a broken clause came to no verdict, none failed and none was flaky. One that even the release profile did not
 * judge met no moment at which it could be judged.
 */
function isOpen(cell: Cell, { profile }: Stage, end: StageEnd): boolean {
  if ((end.exitCode !== 0 && end.exitCode !== 4) || isFlaky(cell, end)) return false;
  const verdicts = cell.breaks.map((id) => verdictOf(end, id));
  return verdicts.some(
    (verdict) => verdict === 'inconclusive' || (profile === 'release' && verdict === 'not-run'),
  );
}

/**
 * Whether a broken clause failed and passed in one run. To run its tests until one fails would call a fault caught that a
 * user's run misses; the whole run, which is the user's, decides, of a generated fault after the release profile's tests.
 */
const isFlaky = ({ breaks }: Cell, end: StageEnd): boolean =>
  breaks.some((id) => verdictOf(end, id) === 'flaky');

const undecided: ReadonlySet<string | undefined> = new Set(['inconclusive', 'flaky']);

const verdictOf = ({ record }: StageEnd, id: string): string | undefined =>
  record?.clauses.find((clause) => clause.id === id)?.verdict;

/** Whether the run judged none, or not all, of the broken clauses. */
const leftOut = ({ breaks }: Cell, end: StageEnd): boolean =>
  breaks.some((id) => verdictOf(end, id) === 'not-run');

function faultOutcome(cell: Cell, end: StageEnd): ProofCell['outcome'] {
  if (caughtBy(cell, end)) return 'caught';
  if (failedClauses(end.record).length > 0) return 'blamed-wrongly';
  return end.exitCode === 0 ? 'survived' : 'undecided';
}

/** A rig that fails with a sound module, on a machine that has nothing else to do, is as wrong as a failed clause. */
function controlOutcome({ exitCode }: StageEnd, alone: boolean): ProofCell['outcome'] {
  if (exitCode === 0) return 'passed';
  return exitCode === 1 || (alone && [2, 3].includes(exitCode)) ? 'failed' : 'undecided';
}

function whyOf(exitCode: number, record: StageEnd['record']): string {
  const problem = record?.problems[0];
  const open = (record?.clauses ?? []).filter(({ verdict }) => undecided.has(verdict));
  return [
    `exit code ${exitCode}`,
    ...(problem ? [`${problem.code}: ${problem.message}`] : []),
    ...(record?.budgetSpent ? ['the NVRAM writes that the run may make were used up'] : []),
    ...open.map(({ id, verdict }) => `${id} ${verdict}`),
  ].join('; ');
}
