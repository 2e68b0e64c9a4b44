/**
 * A line between two line ends, as the framer saw it. `data` holds one character a byte (latin1): nothing
 * is decoded, nothing trimmed.
 */
export interface Line {
  readonly data: string;
  /** Arrival of the chunk with the line's first byte, and of the one with the last byte of its line end (ns). */
  readonly startedAt: bigint;
  readonly endedAt: bigint;
}

/** What ends a command (27.007 §4.1, V.250 §5.7.1). `text` is the line itself. */
export type FinalResult =
  | { readonly kind: 'OK'; readonly text: string }
  | { readonly kind: 'ERROR'; readonly text: string }
  /** `+CME ERROR: …` or `+CMS ERROR: …`; `code` when what follows is a decimal number. */
  | { readonly kind: 'CME' | 'CMS'; readonly text: string; readonly code: number | undefined };

/**
 * When things happened, and how sure that is (harness/README.md, "The clock of an exchange").
 * Durations in ms, stamps in monotonic ns.
 */
export interface Timing {
  /** Stamp before the write. */
  readonly sentAt: bigint;
  /** The clock's start: sentAt + command bytes × 10 / baud. */
  readonly startedAt: bigint;
  /** Arrival of the final result's last byte. */
  readonly endedAt: bigint;
  /** The answer took no less than `lo` and no more than `hi`; `hi` is endedAt − startedAt. */
  readonly lo: number;
  readonly hi: number;
  /** How long the answer's bytes need on the wire at the baud rate. */
  readonly answerWireMs: number;
  /** By how much the stamp of the answer's end can be late at most, for our own event loop (lateness.ts). */
  readonly latenessMs: number;
  /** By how much an adapter can have kept the answer's end back at most; `lo` allows for it. */
  readonly adapterMs: number;
  /** How much of the answer's time was not the module's doing, by the emulated module's own account; 0 on a real board. */
  readonly disturbanceMs: number;
}

/** A command that got no final result within the client's wait. */
export interface Unanswered {
  /** The command without its terminator, latin1. */
  readonly command: string;
  /** Stamp before the write, and the end of the wait, ns. */
  readonly sentAt: bigint;
  readonly givenUpAt: bigint;
  /**
   * The least an answer would have taken, ms: the wait without the command's time on the wire. What had arrived by
   * its end was read.
   */
  readonly waitedMs: number;
}

/** A command and its answer. An error answer is an exchange like any other; only a missing one is thrown. */
export interface Exchange {
  /** 1, 2, 3… in the order of sending. */
  readonly number: number;
  /** The command without its terminator, one character a byte (latin1). */
  readonly command: string;
  /** Every byte that arrived from the sending to the final result's line end, echo included (latin1). */
  readonly raw: string;
  /** Whether the command came back as an echo (stripped from `information`). */
  readonly echoed: boolean;
  /** The information lines, in order, blank lines left out. */
  readonly information: readonly string[];
  readonly final: FinalResult;
  /**
   * The final result's line end lacks its LF, and our own loop or the emulated module was late: nobody can say that
   * the module owes it. As `onExchange` tells it; absent elsewhere.
   */
  readonly endInDoubt?: boolean;
  /** Lines nobody asked for that arrived while the exchange was open. */
  readonly unsolicited: readonly Line[];
  readonly timing: Timing;
  /** First and last line of the trace that belong to it. */
  readonly trace: readonly [first: number, last: number];
}
