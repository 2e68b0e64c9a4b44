import { type Cancel, toNs } from '../base/clock.ts';
import { HilError } from '../base/error.ts';
import type { Call } from './call.ts';
import { endError } from './end-error.ts';
import type { AtLine } from './line.ts';
import { whenQuiet } from './timers.ts';
import { times } from './times.ts';
import type { Stop } from './turns.ts';

export interface IdleWait {
  stop(stop: Stop): void;
}

/** @param ended is called once, when the wait is over */
export function waitForIdle(
  line: AtLine,
  quietMs: number,
  deadlineMs: number,
  call: Call<void>,
  ended: () => void,
): IdleWait {
  const { clock, port } = line.setup;
  // Silence before the call counts, too; but bytes that the kernel holds already must be read first.
  const from = clock.now() - toNs(quietMs) + toNs(Math.min(quietMs, times.readBackMs));

  let cancelQuiet: Cancel = () => {};

  const over = (): void => {
    cancelQuiet();
    cancelDeadline();
    ended();
  };
  const cancelDeadline = clock.after(deadlineMs, () => {
    call.reject(
      new HilError(
        'LINE_NOT_IDLE',
        `the line of ${port.path} was not quiet for ${quietMs} ms within ${deadlineMs} ms`,
        {
          wire: line.wire(),
          remedy: 'see the trace for what the module keeps sending',
        },
      ),
    );
    over();
  });
  cancelQuiet = whenQuiet(line.silence, quietMs, from, () => {
    call.resolve();
    over();
  });

  return {
    stop(stop) {
      // An expected boot only makes the wait longer.
      if (stop.reason === 'boot' && stop.expected) return;
      call.reject(endError(stop, { what: 'a quiet line', path: port.path, deadlineMs, wire: line.wire() }));
      over();
    },
  };
}
