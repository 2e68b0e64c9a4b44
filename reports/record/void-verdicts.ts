import type { Problem, RecordedTest, RecordedTiming } from './record.ts';

/** Why nothing that a run found counts: the module at its end was not the one of its start. Undefined where it does. */
export const whyVoid = (problems: readonly Problem[]): Problem | undefined =>
  problems.find(({ code }) => code === 'IDENTITY_MISMATCH');

/** Tests without a finding of their own: what they ended as says it all, and alike reasons are told together. */
const plain: ReadonlySet<string> = new Set(['pass', 'observed']);

/**
 * The tests of a run that is void: nobody can say which module each of them judged, so none has a verdict on it. What
 * they had ended as is kept in the reason.
 */
export const voidTests = (tests: readonly RecordedTest[], { code, message }: Problem): RecordedTest[] =>
  tests.map(({ deviates: _, ...test }) => {
    if (test.verdict === 'not-run' || test.reason?.startsWith(`${code}: `)) return test;
    const before = plain.has(test.verdict) ? '' : `:\n${test.reason ?? 'no reason was kept'}`;
    const reason = `void: ${code}: ${message}\nit had ended as ${test.verdict}${before}`;
    return { ...test, verdict: 'rig-error', reason };
  });

/** How answers stood against their limit, without the verdict. */
export const voidTiming = (statements: readonly RecordedTiming[]): RecordedTiming[] =>
  statements.map((statement) => ({ ...statement, verdict: null }));
