import type { AdapterDelay } from '../../rigs/port/adapter-delay.ts';
import { toMs, toNs } from '../base/clock.ts';
import type { Timing } from './exchange.ts';

/** What was stamped while an exchange was open; stamps in monotonic ns. */
export interface Stamps {
  /** Before the write. */
  readonly sentAt: bigint;
  /** Bytes of the command line, its terminator included. */
  readonly sentBytes: number;
  /** The write's callback; undefined when it had not come by the end. */
  readonly callbackAt: bigint | undefined;
  /** The first sign that the module had the whole command: the end of the echo, the start of an answer's line. */
  readonly answeredAt: bigint;
  /** Arrival of the final result's last byte. */
  readonly endedAt: bigint;
  /** Bytes of the answer, without the echo. */
  readonly answerBytes: number;
  readonly baud: number;
  /** From the lateness watch (`lateness.ts`). */
  readonly latenessMs: number;
  /** From the port. */
  readonly adapter: AdapterDelay;
}

/** A start bit, eight data bits and a stop bit a byte (8N1). */
export const wireMs = (bytes: number, baud: number): number => (bytes * 10_000) / baud;

/**
 * An exchange's clock (harness/README.md, "The clock of an exchange"). It starts when the command's last bit can have left at the
 * earliest: the stamp before the write and the command's time on the wire. A write's callback can come after the
 * answer, so the clock never starts there, but it bounds the start from the other side: the bytes were with the
 * system by then, and had left one wire time later, or what an adapter takes to send them on; and the module had
 * them all when it began to answer.
 *
 * `hi` counts from the earliest start to the arrival as stamped. `lo` takes away what can have delayed the start
 * and the stamp: the distance between the earliest and the latest start, how long an adapter can have kept the
 * answer's last bytes back, and our own loop's lateness.
 * `disturbanceMs` is 0 here: who knows it says so later (`client.ts`).
 */
export function timingOf(stamps: Stamps): Timing {
  const { sentAt, sentBytes, endedAt, baud, latenessMs, adapter } = stamps;
  const commandWire = toNs(wireMs(sentBytes, baud));
  const startedAt = sentAt + commandWire;
  const hi = toMs(endedAt - startedAt);
  const startDoubtMs = toMs(latestStart(stamps, startedAt, commandWire) - startedAt);
  return {
    sentAt,
    startedAt,
    endedAt,
    lo: Math.min(hi, Math.max(0, hi - startDoubtMs - latenessMs - adapter.readMs)),
    hi,
    answerWireMs: wireMs(stamps.answerBytes, baud),
    latenessMs,
    adapterMs: adapter.readMs,
    disturbanceMs: 0,
  };
}

function latestStart(stamps: Stamps, startedAt: bigint, commandWire: bigint): bigint {
  const { callbackAt, answeredAt, adapter } = stamps;
  const byCallback = callbackAt === undefined ? answeredAt : callbackAt + toNs(adapter.writeMs) + commandWire;
  const latest = byCallback < answeredAt ? byCallback : answeredAt;
  return latest < startedAt ? startedAt : latest;
}

/** Whether an answer kept a limit, as far as can be said. */
type LimitVerdict = 'within' | 'over' | 'inconclusive';

/**
 * Judges `limitMs` against an exchange's interval. Within: even the most it can have taken keeps the limit.
 * Over: even the least it can have taken does not, nor would it without what is not the module's thinking time:
 * the answer's time on the wire at this baud rate and the emulated module's own delay. Anything else is inconclusive.
 */
export function judgeLimit(timing: Timing, limitMs: number): LimitVerdict {
  const { lo, hi, answerWireMs, disturbanceMs } = timing;
  if (hi <= limitMs) return 'within';
  return lo - answerWireMs - disturbanceMs > limitMs ? 'over' : 'inconclusive';
}
