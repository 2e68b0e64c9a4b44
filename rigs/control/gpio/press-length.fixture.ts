/** The length of a press between two bounds, as observed from outside, ms. */
interface PressLength {
  readonly atLeastMs: number;
  readonly atMostMs: number;
}

/**
 * Presses a key until one press was at most `mostMoreMs` longer than asked, up to five times; none may be shorter. The
 * shortest press decides: a busy machine makes some presses longer, a wrong key all of them.
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
