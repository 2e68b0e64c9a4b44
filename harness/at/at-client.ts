import type { Exchange, Line, Unanswered } from './exchange.ts';

export type Unsubscribe = () => void;

export interface SendOptions {
  /** How long to wait for the final result, ms. The default is long: a late answer is measured, not cut off. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** What ends the command line. Default: `\r`. */
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

export interface Boot {
  /** Arrival of the first byte of the boot text, ns. */
  readonly at: bigint;
  /** Whether it was announced with `expectBoot`. */
  readonly expected: boolean;
}

/**
 * The AT line of one port. One command is in flight at a time, unsolicited lines are kept apart, and every wait has a
 * deadline. Calls reject with HilErrors: AT_TIMEOUT, ABORTED, PORT_GONE, PORT_CLOSED, UNEXPECTED_RESET, AT_RAN_ON
 * (the answer is longer than the limit), LINE_NOT_IDLE.
 */
export interface AtClient {
  /** Sends a command line and waits for its final result, OK or error. Calls queue. */
  send(command: string, options?: SendOptions): Promise<Exchange>;
  /**
   * Sends bytes as they are (robustness tests: garbage, half lines, two commands back to back). Collects what comes
   * back until `finals` final results have arrived and the line was quiet for `quietMs`, or until `deadlineMs`. A
   * missing answer is no error: the transcript shows it.
   */
  transmit(
    bytes: Uint8Array,
    until: { finals: number; quietMs: number; deadlineMs: number; signal?: AbortSignal },
  ): Promise<Transcript>;
  /** Resolves when nothing has arrived for `quietMs`; rejects LINE_NOT_IDLE after `deadlineMs`. */
  idle(quietMs: number, deadlineMs: number, signal?: AbortSignal): Promise<void>;
  /** Announces a boot: until the returned function is called, a boot is expected. */
  expectBoot(): Unsubscribe;
  /**
   * Unsolicited lines, boot text included. While there is no listener, the last 256 lines are kept for the first
   * one.
   */
  onUnsolicited(listener: (line: Line) => void): Unsubscribe;
  /** Final results or information lines that arrived while nothing was in flight (AT-ONE-FINAL). */
  onStray(listener: (line: Line) => void): Unsubscribe;
  onBoot(listener: (boot: Boot) => void): Unsubscribe;
  /**
   * Every completed exchange, in order. On the emulated board it comes later than `send` resolves, with
   * `timing.disturbanceMs` filled in: judge times by this exchange, not by the one that `send` returned.
   */
  onExchange(listener: (exchange: Exchange) => void): Unsubscribe;
  /**
   * Every command without an answer at its deadline, in one order with `onExchange`. Commands that ended otherwise
   * (abort, restart, hang-up) are not reported: their wait was cut short.
   */
  onUnanswered(listener: (unanswered: Unanswered) => void): Unsubscribe;
  /** Resolves when `onExchange` has reported every exchange completed so far. */
  reported(): Promise<void>;
  /** Ends the client, but not the port: pending calls reject ABORTED. */
  close(): void;
}
