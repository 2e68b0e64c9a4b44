/** How long a press lasted, as far as the far end can tell, ms. */
interface PressLength {
  readonly atLeastMs: number;
  readonly atMostMs: number;
}

/**
 * Presses a key until one press was at most `mostMoreMs` longer than asked, five times at most; none may be
 * shorter. What the machine adds it adds to some presses, what the key adds to every one: so the shortest judges.
 */
export async function expectPressed(
  pulseMs: number,
  mostMoreMs: number,
  press: () => Promise<PressLength>,
): Promise<void> {
  let shortest = Infinity;
  let presses = 0;
  do {
    const { atLeastMs, atMostMs } = await press();
    expect(atMostMs).toBeGreaterThanOrEqual(pulseMs);
    shortest = Math.min(shortest, atLeastMs);
    presses++;
  } while (shortest > pulseMs + mostMoreMs && presses < 5);
  expect(shortest).toBeLessThanOrEqual(pulseMs + mostMoreMs);
}
