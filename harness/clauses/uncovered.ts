/**
 * The clauses that no suite judges, each with the reason. The one list of exceptions: every other clause has a
 * test, and one that gets a test has to leave it (`harness/run/qualify/coverage.test.ts`). Empty today, and meant to be.
 */
export const uncovered: ReadonlyMap<string, string> = new Map();
