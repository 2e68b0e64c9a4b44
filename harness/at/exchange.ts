/** A line without its line end. `data` is latin1, one character a byte: nothing is decoded or trimmed. */
export interface Line {
  readonly data: string;
  /** Arrival of the line's first byte and of the last byte of its line end: the stamps of their chunks, ns. */
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
 * The times of an exchange and their bounds (harness/README.md, "An exchange's clock"). Durations in ms, stamps in
 * monotonic ns.
 */
export interface Timing {
  /** The stamp before the write. */
  readonly sentAt: bigint;
  /** The clock's start: sentAt + command bytes × 10 / baud. */
  readonly startedAt: bigint;
  /** Arrival of the final result's last byte. */
  readonly endedAt: bigint;
  /** The answer took no less than `lo` and no more than `hi`; `hi` is endedAt − startedAt, at least 0. */
  readonly lo: number;
  readonly hi: number;
  /** The time of the answer's bytes on the wire at the baud rate. */
  readonly answerWireMs: number;
  /** The most by which our event loop can have delayed the stamp of the answer's end (lateness.ts). */
  readonly latenessMs: number;
  /** The longest time for which an adapter can have held back the answer's end; `lo` allows for it. */
  readonly adapterMs: number;
  /** The delay that the emulated module reports as not planned; 0 on a real board. */
  readonly disturbanceMs: number;
}

/** A command without a final result at its deadline. */
export interface Unanswered {
  readonly command: string;
  /** Stamp before the write, and the end of the wait, ns. */
  readonly sentAt: bigint;
  readonly givenUpAt: bigint;
  /**
   * The least time that an answer would have taken, ms: the wait without the command's time on the wire. Everything
   * that arrived during the wait was read.
   */
  readonly waitedMs: number;
}

/** A command and its answer. An error answer is an exchange, too; only a missing answer is thrown. */
export interface Exchange {
  /** 1, 2, 3… in the order of sending. */
  readonly number: number;
  /** The command without its terminator, one character a byte (latin1). */
  readonly command: string;
  /** Every byte that arrived from the sending to the final result's line end, echo included (latin1). */
  readonly raw: string;
  /** Whether the command came back as an echo (stripped from `information`). */
  readonly echoed: boolean;
  /** Where the echo ends in `raw`, its line end not counted; 0 without one. */
  readonly echoEnd: number;
  /** The information lines, in order, blank lines left out. */
  readonly information: readonly string[];
  readonly final: FinalResult;
  /**
   * The final result came without its LF, and our event loop or the emulated module was late: so the LF may only be
   * delayed. Set in what `onExchange` reports; absent elsewhere.
   */
  readonly endInDoubt?: boolean;
  /** Unsolicited lines that arrived while the exchange was open. */
  readonly unsolicited: readonly Line[];
  readonly timing: Timing;
  readonly trace: readonly [first: number, last: number];
}
