import type { AttemptFacts, Entry, PlannedTest } from './entry.ts';
import { type LateFinding, withLateFindings } from './late-findings.ts';
import type { Problem, RecordedTest } from './record.ts';

type TestEnd = Extract<Entry, { type: 'test-end' }>;

/** The tests of a run and their results so far. */
interface TestBook {
  plan(tests: readonly PlannedTest[]): void;
  start(name: string): void;
  end(entry: TestEnd): void;
  /** Adds a finding to the tests that judge the whole line and have already ended. */
  addFinding(finding: LateFinding): void;
  /** Whether every planned test that is not left out has its end. */
  allEnded(): boolean;
  /**
   * The tests in the planned order.
   * @param problem what ended the run early, if anything
   * @param waived clauses that are known deviations of the firmware
   */
  tests(
    state: 'running' | 'ended',
    problem: Problem | undefined,
    waived: ReadonlySet<string>,
  ): RecordedTest[];
}

/** A test that was not planned: file and title come from its name, its clauses are unknown. */
function unplanned(name: string): PlannedTest {
  const [file = name, ...title] = name.split(' › ');
  return { name, file, title: title.join(' › ') || name, clauses: [] };
}

/** How the reason begins of each test that was not run, or not to its end, since the run was interrupted. */
const interruption = 'the run was interrupted: ';

export const wasInterrupted = ({ verdict, reason }: Pick<RecordedTest, 'verdict' | 'reason'>): boolean =>
  verdict === 'not-run' && (reason ?? '').startsWith(interruption);

const describeProblem = ({ kind, code, message }: Problem): string =>
  kind === 'interrupted' ? `${interruption}${code}` : `${code}: ${message}`;

/** A failure that one occurrence proves, or that came twice. */
const isConfirmed = ({ verdict, confirmed, attempts }: TestEnd): boolean =>
  verdict === 'fail' &&
  (confirmed === true || (attempts ?? []).filter((attempt) => attempt.verdict === 'fail').length > 1);

const attemptOf = ({ trace, ...facts }: AttemptFacts) => ({
  ...facts,
  trace: [trace[0], trace[1]] as [number, number],
});

export function createTestBook(): TestBook {
  const plannedTests = new Map<string, PlannedTest>();
  const started = new Set<string>();
  const ends = new Map<string, TestEnd>();
  const late = new Map<string, LateFinding[]>();
  /** Findings that a test had before it; they count only if it judged nothing. */
  const early = new Map<string, LateFinding[]>();

  const add = (test: PlannedTest) => plannedTests.set(test.name, test);
  const learn = (name: string) => {
    if (!plannedTests.has(name)) add(unplanned(name));
  };

  function unfinishedTest(
    { hindsight: _, leftOut, ...test }: PlannedTest,
    problem: Problem | undefined,
    ended: boolean,
  ): RecordedTest {
    const recorded = { ...test, clauses: [...test.clauses], durationMs: 0, trace: null };
    if (leftOut !== undefined) return { ...recorded, verdict: 'not-run', reason: leftOut, leftOut: true };
    if (!ended) return { ...recorded, verdict: 'not-run', reason: 'not reached yet' };
    if (!started.has(test.name)) {
      return {
        ...recorded,
        verdict: 'not-run',
        reason: problem ? describeProblem(problem) : 'the suites ended before this test',
      };
    }
    // The test was running when the run ended: the module cannot be judged.
    if (problem?.kind === 'interrupted' || problem?.kind === 'module-error')
      return { ...recorded, verdict: 'not-run', reason: describeProblem(problem) };
    return {
      ...recorded,
      verdict: 'rig-error',
      reason: problem ? describeProblem(problem) : 'the suites ended during this test',
    };
  }

  return {
    plan: (tests) => tests.forEach(add),
    start(name) {
      learn(name);
      started.add(name);
    },
    end(entry) {
      learn(entry.name);
      ends.set(entry.name, entry);
    },
    addFinding(finding) {
      for (const { name, hindsight, clauses } of plannedTests.values()) {
        if (!hindsight || !clauses.includes(finding.clause)) continue;
        const found = ends.has(name) ? late : early;
        found.set(name, [...(found.get(name) ?? []), finding]);
      }
    },
    allEnded: () =>
      [...plannedTests.values()].every(({ name, leftOut }) => leftOut !== undefined || ends.has(name)),
    tests: (state, problem, waived) =>
      [...plannedTests.values()].map((test) => {
        const end = ends.get(test.name);
        const before = early.get(test.name) ?? [];
        if (!end) return withLateFindings(unfinishedTest(test, problem, state === 'ended'), before, waived);
        const { verdict, durationMs, trace, reason, deviates, unseen, attempts } = end;
        const { name, file, title, clauses, source } = test;
        const recorded = { name, file, title, clauses: [...clauses], verdict, durationMs };
        const isLeftOut = test.leftOut !== undefined && verdict === 'not-run';
        const whole: RecordedTest = {
          ...recorded,
          trace: [trace[0], trace[1]],
          ...(source && { source: { ...source } }),
          ...(isLeftOut && { leftOut: true }),
          ...(reason !== undefined && { reason }),
          ...(deviates && { deviates: [...deviates] }),
          ...(unseen && { unseen: [...unseen] }),
          ...(isConfirmed(end) && { confirmed: true }),
          ...(attempts && { attempts: attempts.map(attemptOf) }),
        };
        const after = late.get(name) ?? [];
        return withLateFindings(whole, verdict === 'not-run' ? [...before, ...after] : after, waived);
      }),
  };
}
