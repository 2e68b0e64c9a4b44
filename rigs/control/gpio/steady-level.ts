import { type Clock, toNs } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import type { InputLine, Level } from './line.ts';
import { waitUntil } from './wait.ts';

/** ms that a level must last to count; bounces are shorter. */
const steadyMs = 20;

/** ms between two readings; no event says that a level has *not* changed. */
const readEveryMs = 5;

/** ms; VDD_EXT toggles while RESET is held (BC26.md §1), but outside of pulses never for so long. */
const limitMs = 1_000;

/** Reads an input until its level has been the same for 20 ms. @throws GPIO_UNSTEADY after 1 s */
export async function readSteadyLevel(line: InputLine, clock: Clock, signal: AbortSignal): Promise<Level> {
  const deadline = clock.now() + toNs(limitMs);
  let level = await line.read();
  let since = clock.now();
  while (clock.now() - since < toNs(steadyMs)) {
    if (clock.now() >= deadline)
      throw new HilError('GPIO_UNSTEADY', `${line.place} keeps changing: no level lasts ${steadyMs} ms`, {
        remedy:
          'connect VDD_EXT through a transistor or comparator: its 1.8 V are marginal for a 3.3 V input',
      });
    await waitUntil(clock, clock.now() + toNs(readEveryMs), signal);
    const next = await line.read();
    if (next !== level) since = clock.now();
    level = next;
  }
  return level;
}
