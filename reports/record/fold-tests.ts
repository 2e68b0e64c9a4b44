import type { AttemptFacts, Entry, PlannedTest } from './entry.ts';
import { inHindsight, type LineFinding } from './late-findings.ts';
import type { Problem, RecordedTest } from './record.ts';

type TestEnd = Extract<Entry, { type: 'test-end' }>;

/** What became of the tests so far. */
interface TestBook {
  plan(tests: readonly PlannedTest[]): void;
  start(name: string): void;
  end(entry: TestEnd): void;
  /** Something was seen on the line: it counts for the tests that have judged the line already. */
  seen(finding: LineFinding): void;
  /** Whether every planned test has its end. */
  allEnded(): boolean;
  /**
   * The tests in the order planned.
   * @param problem what cut the run, when something did
   * @param waived the known deviations of the firmware
   */
  tests(
    state: 'running' | 'ended',
    problem: Problem | undefined,
    waived: ReadonlySet<string>,
  ): RecordedTest[];
}

/** A test nobody planned: its name tells file and title, its clauses are unknown. */
function unplanned(name: string): PlannedTest {
  const [file = name, ...title] = name.split(' › ');
  return { name, file, title: title.join(' › ') || name, clauses: [] };
}

const saying = ({ kind, code, message }: Problem): string =>
  kind === 'interrupted' ? `the run was interrupted: ${code}` : `${code}: ${message}`;

const attemptOf = ({ trace, ...facts }: AttemptFacts) => ({
  ...facts,
  trace: [trace[0], trace[1]] as [number, number],
});

export function createTestBook(): TestBook {
  const known = new Map<string, PlannedTest>();
  const started = new Set<string>();
  const ends = new Map<string, TestEnd>();
  const late = new Map<string, LineFinding[]>();

  const add = (test: PlannedTest) => known.set(test.name, test);
  const learn = (name: string) => {
    if (!known.has(name)) add(unplanned(name));
  };

  function without(
    { hindsight: _, ...test }: PlannedTest,
    problem: Problem | undefined,
    ended: boolean,
  ): RecordedTest {
    const recorded = { ...test, clauses: [...test.clauses], durationMs: 0, trace: null };
    if (!ended) return { ...recorded, verdict: 'not-run', reason: 'the run has not come to it yet' };
    if (!started.has(test.name)) {
      return {
        ...recorded,
        verdict: 'not-run',
        reason: problem ? saying(problem) : 'the suites ended before it',
      };
    }
    // It was running when the run was cut: nothing can be said of the module, and a rig that failed says why.
    if (problem?.kind === 'interrupted') return { ...recorded, verdict: 'not-run', reason: saying(problem) };
    return {
      ...recorded,
      verdict: 'rig-error',
      reason: problem ? saying(problem) : 'the suites ended in the middle of it',
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
    seen(finding) {
      for (const { name, hindsight, clauses } of known.values()) {
        if (!hindsight || !clauses.includes(finding.clause) || !ends.has(name)) continue;
        late.set(name, [...(late.get(name) ?? []), finding]);
      }
    },
    allEnded: () => [...known.keys()].every((name) => ends.has(name)),
    tests: (state, problem, waived) =>
      [...known.values()].map((test) => {
        const end = ends.get(test.name);
        if (!end) return without(test, problem, state === 'ended');
        const { verdict, durationMs, trace, reason, deviates, attempts } = end;
        const { name, file, title, clauses } = test;
        const recorded = { name, file, title, clauses: [...clauses], verdict, durationMs };
        const whole: RecordedTest = {
          ...recorded,
          trace: [trace[0], trace[1]],
          ...(reason !== undefined && { reason }),
          ...(deviates && { deviates: [...deviates] }),
          ...(attempts && { attempts: attempts.map(attemptOf) }),
        };
        return inHindsight(whole, late.get(name) ?? [], waived);
      }),
  };
}
