import { type Cancel, type Clock, toMs, toNs } from '../base/clock.ts';
import { times } from './times.ts';

/** The line as far as its silence goes. */
interface Silence {
  readonly clock: Clock;
  /** Arrival of the last byte, ns. */
  readonly lastAt: () => bigint;
}

/**
 * Calls `then` once nothing has arrived for `ms`, counted from the last byte or from `from` (ns), whichever is
 * later. If our own loop was late, what the kernel holds is read before the silence is believed.
 */
export function whenQuiet({ clock, lastAt }: Silence, ms: number, from: bigint, then: () => void): Cancel {
  let cancel: Cancel = () => {};

  const due = (): bigint => {
    const last = lastAt();
    return (last > from ? last : from) + toNs(ms);
  };

  const sleep = (remaining: bigint): void => {
    const asked = clock.now();
    cancel = clock.after(Math.ceil(toMs(remaining)), () => {
      const lateMs = toMs(clock.now() - asked - remaining);
      if (lateMs <= times.readBackMs) wait();
      else cancel = clock.after(times.readBackMs, wait);
    });
  };

  const wait = (): void => {
    const remaining = due() - clock.now();
    if (remaining <= 0n) then();
    else sleep(remaining);
  };

  // Never within the call: whoever asked has to hold what is returned first. So the clock is looked at once.
  const remaining = due() - clock.now();
  if (remaining > 0n) sleep(remaining);
  else cancel = clock.after(0, wait);
  return () => cancel();
}
