import type { Problem, RecordedTest, RunRecord } from './record.ts';

/** The fields of a record that decide the exit code. */
type Judged = Pick<
  RunRecord,
  'state' | 'profile' | 'clauses' | 'tests' | 'problems' | 'budgetSpent' | 'wiring'
>;

const interruption = ({ problems }: Judged) => problems.find(({ kind }) => kind === 'interrupted');

const anyProblem = ({ problems }: Pick<Judged, 'problems'>, kind: Problem['kind']) =>
  problems.some((problem) => problem.kind === kind);

type Tested = Pick<Judged, 'clauses' | 'tests'>;

/** The failed tests of the module; one whose selected clauses are all U clauses is no failure of the module. */
export function failedTests({ clauses, tests }: Tested): {
  ofModule: RecordedTest[];
  ofObservations: number;
} {
  const silent = new Set(
    clauses.filter(({ status, unselected }) => status === 'U' || unselected).map(({ id }) => id),
  );
  const failed = tests.filter(({ verdict }) => verdict === 'fail');
  const ofModule = failed.filter(
    (test) => test.clauses.length === 0 || !test.clauses.every((id) => silent.has(id)),
  );
  return { ofModule, ofObservations: failed.length - ofModule.length };
}

/** Whether power and reset, where the board has them, were seen to boot the module in this run. */
const wiringWorks = ({ wiring: { power, reset } }: Pick<Judged, 'wiring'>): boolean =>
  [power, reset].includes('works') && ![power, reset].includes('unseen');

/**
 * Whether the module has failed beyond doubt, so that a rig that fails later does not outrank it: a failure is confirmed
 * if it came twice or one occurrence proves it, and the rig was seen to work.
 */
const failedBeyondDoubt = (run: Tested & Pick<Judged, 'problems' | 'wiring'>): boolean =>
  anyProblem(run, 'module-error') ||
  (wiringWorks(run) && failedTests(run).ofModule.some(({ confirmed }) => confirmed));

export const rigFailed = ({ problems, tests }: Pick<Judged, 'problems' | 'tests'>): boolean =>
  anyProblem({ problems }, 'rig-error') || tests.some(({ verdict }) => verdict === 'rig-error');

/**
 * Stated clauses that this run did not judge, which a release must not leave out. Clauses that no suite can judge yet are
 * not counted: they are listed with a reason in harness/clauses/uncovered.ts.
 */
export const statedNotRun = ({ clauses }: Pick<Judged, 'clauses'>) =>
  clauses.filter(
    ({ status, verdict, uncovered }) => status === 'S' && verdict === 'not-run' && uncovered === undefined,
  );

/**
 * Whether no test has said anything of the module: an observation says what it does where the note is silent. A known
 * deviation that was met is a judgement.
 */
const judgedNothing = ({ tests }: Pick<Judged, 'tests'>): boolean =>
  !tests.some(({ verdict, deviates }) => verdict !== 'not-run' && (verdict !== 'observed' || deviates));

/** Whether something that was run, or was to be run, came to no verdict. */
const leftOpen = (run: Pick<Judged, 'tests' | 'clauses' | 'budgetSpent'>): boolean =>
  run.tests.some(({ verdict }) => verdict === 'inconclusive' || verdict === 'flaky') ||
  failedTests(run).ofObservations > 0 ||
  // Tests of the profile were left out.
  run.budgetSpent;

const undecided = (run: Judged): boolean =>
  leftOpen(run) ||
  // A run that judged nothing must not look like one in which everything passed.
  judgedNothing(run) ||
  (run.profile === 'release' && statedNotRun(run).length > 0);

/**
 * The exit code of a run that has ended (reports/README.md, "Verdicts"), in this order: 130/143, 2, 1 if the failure is beyond
 * doubt, 3, 1, 4, 0.
 * A signal other than SIGINT counts as SIGTERM.
 */
export function exitCodeOf(run: Judged): number {
  const interrupted = interruption(run);
  if (interrupted) return interrupted.code === 'SIGINT' ? 130 : 143;
  if (anyProblem(run, 'usage-error')) return 2;
  if (failedBeyondDoubt(run)) return 1;
  if (run.state === 'failed' || rigFailed(run)) return 3;
  if (failedTests(run).ofModule.length > 0) return 1;
  return undecided(run) ? 4 : 0;
}

/** Why no selected test judged the module: the most frequent reason, one line. */
function whyNothing({ tests, clauses }: Tested): string {
  const left = new Set(clauses.filter(({ unselected }) => unselected).map(({ id }) => id));
  const counts = new Map<string, number>();
  for (const { verdict, reason, clauses: ids } of tests) {
    if (verdict !== 'not-run' || ids.every((id) => left.has(id))) continue;
    const why = reason?.split('\n', 1)[0] ?? 'no reason was recorded';
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? 'the note leaves open what was looked at, so it is only observed';
}

/** Why a run in which something was judged, and nothing failed, is not accepted. */
function whyUndecided(run: Pick<Judged, 'tests' | 'clauses' | 'budgetSpent'>): string {
  if (leftOpen(run)) return 'nothing failed, but something stayed undecided';
  const left = statedNotRun(run).length;
  return `nothing failed, but a release must not leave out what the note states: ${left} of its clauses had no test run`;
}

const unconfirmed = 'the rig failed; what the module had failed before is not confirmed';

/** The meaning of a run's exit code, one line. */
export function describeExitCode(
  run: Pick<RunRecord, 'exitCode' | 'problems' | 'tests' | 'clauses' | 'budgetSpent'>,
): string {
  const { exitCode, problems } = run;
  const left = problems.some(({ atRest }) => atRest === false)
    ? 'the board could NOT be put at rest: see the problems of the run'
    : 'the board was put at rest';
  const meanings: Record<number, string> = {
    0: 'every judged clause passed',
    1: `the module failed a clause${rigFailed(run) ? ', and then the rig failed' : ''}`,
    2: 'wrong usage or a mistake in the rig file',
    3:
      failedTests(run).ofModule.length > 0
        ? unconfirmed
        : 'the rig failed, so nothing can be said about the module',
    4: judgedNothing(run) ? `nothing was judged: ${whyNothing(run)}` : whyUndecided(run),
    130: `interrupted (SIGINT); ${left}`,
    143: `interrupted (SIGTERM); ${left}`,
  };
  return meanings[exitCode ?? -1] ?? 'unknown';
}
