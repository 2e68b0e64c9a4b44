import type { Problem, RecordedTest, RecordedTiming } from './record.ts';

/** The problem that makes all verdicts of a run void: another module was found at its end. Undefined if there is none. */
export const voidingProblem = (problems: readonly Problem[]): Problem | undefined =>
  problems.find(({ code }) => code === 'IDENTITY_MISMATCH');

/** Verdicts whose reason is not repeated, so that the summary can group these tests. */
const plain: ReadonlySet<string> = new Set(['pass', 'observed']);

/**
 * The tests of a void run, as rig errors: it is unknown which module each of them judged. Their verdicts are kept in the
 * reason.
 */
export const voidTests = (tests: readonly RecordedTest[], { code, message }: Problem): RecordedTest[] =>
  tests.map(({ deviates: _, ...test }) => {
    if (test.verdict === 'not-run' || test.reason?.startsWith(`${code}: `)) return test;
    const before = plain.has(test.verdict) ? '' : `:\n${test.reason ?? 'no reason was kept'}`;
    const reason = `void: ${code}: ${message}\nthe verdict had been ${test.verdict}${before}`;
    return { ...test, verdict: 'rig-error', reason };
  });

/** The statements on answer times without their verdicts. */
export const voidTiming = (statements: readonly RecordedTiming[]): RecordedTiming[] =>
  statements.map((statement) => ({ ...statement, verdict: null }));
