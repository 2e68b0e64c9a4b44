import type { Chunk, Port } from '../../rigs/port/port.ts';
import type { Tail } from '../../rigs/port/tail.ts';
import { type Cancel, type Clock, toMs } from '../base/clock.ts';
import type { TraceSink } from '../base/trace.ts';
import { finalResult } from './classify.ts';
import { type Frame, Framer } from './framer.ts';
import { lateEndWaitMs } from './late-end.ts';
import { latin1 } from './latin1.ts';
import { whenNothingCame } from './timers.ts';
import { times } from './times.ts';

export interface LineSetup {
  readonly port: Port;
  readonly clock: Clock;
  readonly trace: TraceSink;
  /** A command as messages may show it, without its secrets. Default: the command itself. */
  readonly shown?: (command: string) => string;
}

/** The receiving side of the line: chunks to the trace and to frames. */
export interface Reception {
  /** Arrival of the last byte, ns; 0 before the first. */
  readonly lastAt: () => bigint;
  readonly lastTrace: () => number;
  /** Gives up bytes that have waited too long for a line end, so that an echo is not glued to them. */
  readonly clearUnfinished: () => void;
  readonly close: () => void;
}

/**
 * @param onChunk is called with every chunk
 * @param deliver is called with the frames of each chunk, even if there are none, and with a released line
 */
export function receive(
  { port, clock, trace }: LineSetup,
  tail: Tail,
  onChunk: (chunk: Chunk) => void,
  deliver: (frames: Frame[]) => void,
): Reception {
  const framer = new Framer();
  let lastAt = 0n;
  let lastTrace = 0;
  let cancelRelease: Cancel = () => {};
  /** Final results without an end, since one whose end came after it. */
  let withoutEnd = 0;

  const take = (chunk: Chunk): void => {
    cancelRelease();
    lastAt = chunk.at;
    lastTrace = trace.write('uart.rx', chunk.at, { data: latin1(chunk.bytes) });
    tail.push(chunk.bytes);
    onChunk(chunk);
    if (finalResult(framer.unended)) withoutEnd = 0;
    deliver(framer.push(chunk));
    if (framer.isHolding)
      cancelRelease = whenNothingCame(clock, times.lineEndMs, (late) => deliver(framer.release(late)));
    else if (finalResult(framer.unended)) takeWithoutEnd();
  };

  /** A final result that nothing ends is one all the same: else a module whose framing is wrong would count as silent. */
  const takeWithoutEnd = (): void => {
    cancelRelease = whenNothingCame(clock, lateEndWaitMs(withoutEnd), (late) => {
      if (late) return takeWithoutEnd();
      withoutEnd++;
      deliver(framer.takeUnended());
    });
  };

  const unsubscribe = port.onData(take);
  return {
    lastAt: () => lastAt,
    lastTrace: () => lastTrace,
    clearUnfinished: () => {
      const since = framer.unfinishedSince;
      if (since !== undefined && toMs(clock.now() - since) > times.lineEndMs) deliver(framer.abandon());
    },
    close: () => {
      cancelRelease();
      unsubscribe();
    },
  };
}
