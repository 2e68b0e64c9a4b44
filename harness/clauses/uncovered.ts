/**
 * The clauses that no suite judges, each with the reason. Every other clause has a test; a clause that gets one has to
 * leave this list (`harness/run/qualify/coverage.test.ts`).
 */
export const uncovered: ReadonlyMap<string, string> = new Map();
