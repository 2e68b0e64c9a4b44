/** Runs all acts, one after the other, even if one fails; then rejects with the first failure. */
export async function runAll(acts: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const act of acts) {
    try {
      await act();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
