import { type Cancel, type Clock, toMs } from '../base/clock.ts';
import { times } from './times.ts';

/**
 * Calls `then` after `ms`. If our own loop was late, what the kernel holds is read before (and may cancel): a timer
 * fires before the loop looks at what has arrived.
 */
export function atDeadline(clock: Clock, ms: number, then: () => void): Cancel {
  const asked = clock.now();
  let cancel: Cancel = clock.after(ms, () => {
    const lateMs = toMs(clock.now() - asked) - ms;
    if (lateMs <= times.readBackMs) then();
    else cancel = clock.after(times.readBackMs, then);
  });
  return () => cancel();
}
