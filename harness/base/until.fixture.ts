import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `found` until its result is `wanted`; for what another process does. Rejects with the last result after
 * `limitMs`, which is many times what a busy machine takes: it costs time only if the test fails.
 */
export async function until<Found>(
  found: () => Found | Promise<Found>,
  wanted: (found: Found) => boolean,
  limitMs = 15_000,
): Promise<Found> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const now = await found();
    if (wanted(now)) return now;
    if (performance.now() > deadline)
      throw new Error(
        `not within ${limitMs} ms: ${JSON.stringify(now, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`,
      );
    await delay(2);
  }
}
