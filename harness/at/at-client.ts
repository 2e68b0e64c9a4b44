import type { Exchange, Line, Unanswered } from './exchange.ts';

/** Ends a subscription. */
export type Unsubscribe = () => void;

export interface SendOptions {
  /** How long to wait for the final result, ms. Long on purpose: a late answer is measured, not cut off. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** What ends the command line; `\r` unless told. */
  readonly terminator?: '\r' | '\r\n';
}

/** Raw bytes sent, and everything that came back until the line was quiet. */
export interface Transcript {
  /** latin1, one character a byte. */
  readonly sent: string;
  readonly received: string;
  readonly lines: readonly Line[];
  readonly finals: number;
  readonly trace: readonly [first: number, last: number];
}

/** A module started: its banner (or `RDY`) was seen. */
export interface Boot {
  /** Arrival of the first byte of the boot text, ns. */
  readonly at: bigint;
  /** Whether somebody had announced it with `expectBoot`. */
  readonly expected: boolean;
}

/**
 * The AT line of one port: one command in flight, unsolicited lines apart, every wait with a deadline.
 * Rejections carry HilErrors: AT_TIMEOUT, ABORTED, PORT_GONE, PORT_CLOSED, UNEXPECTED_RESET, AT_RAN_ON
 * (the answer outgrew the length limit), LINE_NOT_IDLE.
 */
export interface AtClient {
  /** Sends a command line and waits for its final result, OK or error. Calls queue; one is in flight. */
  send(command: string, options?: SendOptions): Promise<Exchange>;
  /**
   * Sends bytes as they are (robustness tests: garbage, half lines, two commands back to back) and
   * collects what comes back until `finals` final results arrived and the line was quiet for `quietMs`,
   * or until `deadlineMs`. Never rejects for a missing answer: the transcript shows it.
   */
  transmit(
    bytes: Uint8Array,
    until: { finals: number; quietMs: number; deadlineMs: number; signal?: AbortSignal },
  ): Promise<Transcript>;
  /** Resolves when nothing has arrived for `quietMs`; rejects LINE_NOT_IDLE after `deadlineMs`. */
  idle(quietMs: number, deadlineMs: number, signal?: AbortSignal): Promise<void>;
  /** From now until the returned function is called, a boot is expected and no error. */
  expectBoot(): Unsubscribe;
  /**
   * Lines nobody asked for, whenever they come, boot text included. The last 256 that came while nobody listened
   * go to the first who does.
   */
  onUnsolicited(listener: (line: Line) => void): Unsubscribe;
  /** Final results or information lines that arrived while nothing was in flight (AT-ONE-FINAL). */
  onStray(listener: (line: Line) => void): Unsubscribe;
  onBoot(listener: (boot: Boot) => void): Unsubscribe;
  /**
   * Every completed exchange, in order. On a board that tells the truth of its timing this comes later than
   * `send` resolves, with `timing.disturbanceMs` filled in: judge time here, not on what `send` returned.
   */
  onExchange(listener: (exchange: Exchange) => void): Unsubscribe;
  /**
   * Every command that was given up at its deadline, in one order with `onExchange`. Commands that were cut short
   * otherwise (abort, restart, hang-up) are not told: nobody waited for their answer to the end.
   */
  onUnanswered(listener: (unanswered: Unanswered) => void): Unsubscribe;
  /** Resolves when the listeners of `onExchange` have heard of every exchange completed so far. */
  reported(): Promise<void>;
  /** Ends the client (not the port): pending calls reject ABORTED. */
  close(): void;
}
