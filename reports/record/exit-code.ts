import type { RunRecord } from './record.ts';

/** The fields of a record that decide the exit code. */
type Judged = Pick<RunRecord, 'state' | 'profile' | 'clauses' | 'tests' | 'problems' | 'budgetSpent'>;

const interruption = ({ problems }: Judged) => problems.find(({ kind }) => kind === 'interrupted');

const anyProblem = ({ problems }: Judged, kind: 'rig-error' | 'usage-error') =>
  problems.some((problem) => problem.kind === kind);

/** Counts failed tests; a failed test whose selected clauses are all U clauses is no failure of the module. */
function failures({ clauses, tests }: Judged): { ofModule: number; ofObservations: number } {
  const silent = new Set(
    clauses.filter(({ status, unselected }) => status === 'U' || unselected).map(({ id }) => id),
  );
  const failed = tests.filter(({ verdict }) => verdict === 'fail');
  const ofObservations = failed.filter(
    (test) => test.clauses.length > 0 && test.clauses.every((id) => silent.has(id)),
  ).length;
  return { ofModule: failed.length - ofObservations, ofObservations };
}

/**
 * Stated clauses that this run did not judge, which a release must not leave out. Clauses that no suite can judge yet are
 * not counted: they are listed with a reason in harness/clauses/uncovered.ts.
 */
export const statedNotRun = ({ clauses }: Pick<Judged, 'clauses'>) =>
  clauses.filter(
    ({ status, verdict, uncovered }) => status === 'S' && verdict === 'not-run' && uncovered === undefined,
  );

const undecided = (run: Judged): boolean =>
  run.tests.some(({ verdict }) => verdict === 'inconclusive' || verdict === 'flaky') ||
  failures(run).ofObservations > 0 ||
  // Tests of the profile were left out.
  run.budgetSpent ||
  // A run that judged nothing must not look like one in which everything passed.
  !run.tests.some(({ verdict }) => verdict === 'pass' || verdict === 'observed') ||
  (run.profile === 'release' && statedNotRun(run).length > 0);

/**
 * The exit code of a run that has ended (README, "Verdicts and exit codes"), in this order: 130/143, 2, 3, 1, 4, 0.
 * A signal other than SIGINT counts as SIGTERM.
 */
export function exitCodeOf(run: Judged): number {
  const interrupted = interruption(run);
  if (interrupted) return interrupted.code === 'SIGINT' ? 130 : 143;
  if (anyProblem(run, 'usage-error')) return 2;
  if (run.state === 'failed' || run.tests.some(({ verdict }) => verdict === 'rig-error')) return 3;
  if (failures(run).ofModule > 0) return 1;
  return undecided(run) ? 4 : 0;
}

/** The meaning of a run's exit code, one line. */
export function describeExitCode({ exitCode, problems }: Pick<RunRecord, 'exitCode' | 'problems'>): string {
  const left = problems.some(({ atRest }) => atRest === false)
    ? 'the board could NOT be put at rest: see the problems of the run'
    : 'the board was put at rest';
  const meanings: Record<number, string> = {
    0: 'every judged clause passed',
    1: 'the module failed a clause',
    2: 'wrong usage or a mistake in the rig file',
    3: 'the rig failed, so nothing can be said about the module',
    4: 'nothing failed, but something stayed undecided',
    130: `interrupted (SIGINT); ${left}`,
    143: `interrupted (SIGTERM); ${left}`,
  };
  return meanings[exitCode ?? -1] ?? 'unknown';
}
