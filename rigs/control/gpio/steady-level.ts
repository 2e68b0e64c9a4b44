import { type Clock, toNs } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import type { InputLine, Level } from './line.ts';
import { waitUntil } from './wait.ts';

/** How long a level has to stay to count: a bounce is shorter, and nobody waits long for an answer. */
const steadyMs = 20;

/** Between two readings: no event says that a level has *not* changed. */
const readEveryMs = 5;

/** VDD_EXT is drawn toggling while RESET is held (BC26.md §1); outside a pulse it never does for so long. */
const limitMs = 1_000;

/** The level of an input once it has been the same for 20 ms. Rejects GPIO_UNSTEADY when it never is, within 1 s. */
export async function readSteadyLevel(line: InputLine, clock: Clock, signal: AbortSignal): Promise<Level> {
  const deadline = clock.now() + toNs(limitMs);
  let level = await line.read();
  let since = clock.now();
  while (clock.now() - since < toNs(steadyMs)) {
    if (clock.now() >= deadline)
      throw new HilError(
        'GPIO_UNSTEADY',
        `${line.place} changes all the time: no level lasts ${steadyMs} ms`,
        {
          remedy:
            'VDD_EXT is 1.8 V, marginal for a 3.3 V input: read it through a comparator or a transistor',
        },
      );
    await waitUntil(clock, clock.now() + toNs(readEveryMs), signal);
    const next = await line.read();
    if (next !== level) since = clock.now();
    level = next;
  }
  return level;
}
