/** Does one after the other, though one fails; rejects with what failed first. */
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
