import type { AdapterDelay } from '../../rigs/port/adapter-delay.ts';
import { toMs, toNs } from '../base/clock.ts';
import type { Timing } from './exchange.ts';

export interface Stamps {
  readonly sentAt: bigint;
  /** Bytes of the command line, its terminator included. */
  readonly sentBytes: number;
  /** The write's callback; undefined if it had not come by the end. */
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
  readonly adapter: AdapterDelay;
}

/** A start bit, eight data bits and a stop bit a byte (8N1). */
export const wireMs = (bytes: number, baud: number): number => (bytes * 10_000) / baud;

/**
 * The clock of an exchange (harness/README.md, "An exchange's clock"). It starts at the earliest moment at which the
 * command's last bit can have left: the stamp before the write plus the command's time on the wire. The latest start is
 * bounded twice. At the write's callback the system had the bytes; they left one wire time later, plus the delay of an
 * adapter. And the module had them all when it began to answer (a callback can come after the answer).
 *
 * `hi` counts from the earliest start to the stamp of the answer's end. `lo` is `hi` less everything that can have
 * delayed the start or the stamp: the distance from the earliest to the latest start, the time for which an adapter can
 * have held back the answer's end, and the lateness of our event loop. Neither is below 0.
 * `disturbanceMs` is 0 here; `reporting.ts` fills it in.
 */
export function timingOf(stamps: Stamps): Timing {
  const { sentAt, sentBytes, endedAt, baud, latenessMs, adapter } = stamps;
  const commandWire = toNs(wireMs(sentBytes, baud));
  const startedAt = sentAt + commandWire;
  // On a line that nothing paces (a PTY) the answer can end before the command could have left a wire.
  const hi = Math.max(0, toMs(endedAt - startedAt));
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

type LimitVerdict = 'within' | 'over' | 'inconclusive';

/**
 * Judges an exchange's interval by a limit. Within: `hi` keeps the limit. Over: `lo` exceeds it even without the answer's
 * time on the wire and without the emulated module's own delay. All else is inconclusive.
 */
export function judgeLimit(timing: Timing, limitMs: number): LimitVerdict {
  const { lo, hi, answerWireMs, disturbanceMs } = timing;
  if (hi <= limitMs) return 'within';
  return lo - answerWireMs - disturbanceMs > limitMs ? 'over' : 'inconclusive';
}
