import { type Clock, toNs } from '../../../harness/base/clock.ts';
import { waitUntil } from './wait.ts';

/** Between two looks at something that announces nothing, ms. */
const lookEveryMs = 2;

/**
 * Looks again and again until `look` is content, `limitMs` at most: whether it was. For the few states the
 * kernel offers no event for (access rights that udev sets, the level of an output).
 */
export async function followed(
  clock: Clock,
  limitMs: number,
  look: () => boolean | Promise<boolean>,
  everyMs = lookEveryMs,
): Promise<boolean> {
  const deadline = clock.now() + toNs(limitMs);
  while (!(await look())) {
    if (clock.now() >= deadline) return false;
    await waitUntil(clock, clock.now() + toNs(everyMs));
  }
  return true;
}
