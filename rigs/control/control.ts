import type { HilError } from '../../harness/base/error.ts';

/** What a board's wiring can do. Clauses that need a missing capability are "not run", with the reason. */
export interface Capabilities {
  /** A module that was switched off by a command can be started without cutting its supply. */
  readonly powerKey: boolean;
  readonly reset: boolean;
  /** The supply can be cut, so that power-cut clauses can be judged. */
  readonly supplyCut: boolean;
  /** The board can tell whether the module is powered (VDD_EXT). */
  readonly powered: boolean;
  /** The board reports its own timing; the emulated one does. */
  readonly truth: boolean;
}

/** Conditions that no server can cause, since they arise in the module or its network (CMDMP.md §2.2). */
export type LocalCause =
  /** No connection can be opened, which leads to state 5. */
  | 'connect-failed'
  /** Updates are not sent, so that the lifetime expires, which leads to state 9. */
  | 'updates-unsent';

/** An emulated module's report about one of its answers; times in monotonic ns. */
export interface Truth {
  /** The command as received, without its terminator. */
  readonly command: string;
  /** When the command's last byte arrived, at the speed of the wire. */
  readonly receivedAt: bigint;
  /** When it read the bytes that completed the command. */
  readonly readAt: bigint;
  /** When the answer's first byte was planned. */
  readonly plannedAt: bigint;
  /** When the first and the last byte of the answer were written. */
  readonly firstAt: bigint;
  readonly lastAt: bigint;
  /** When the last byte was planned. */
  readonly plannedLastAt: bigint;
}

/** Drives a board's supply, power key and reset. Every call settles within the driver's limits (CONTROL_TIMEOUT). */
export interface Control {
  readonly driver: string;
  readonly capabilities: Capabilities;
  /** Switches the supply on, waits until it has settled, presses the power key if there is one: the module boots. */
  on(): Promise<void>;
  /** Cuts the supply and waits until it has discharged. Rejects CONTROL_FAILED if the supply cannot be switched. */
  off(): Promise<void>;
  /**
   * Lets commands reach a module whose supply was cut: ends what `off` does to the transmit line. Absent where it does
   * nothing to it.
   * @returns whether the line was held
   */
  letSpeak?(): Promise<boolean>;
  /** Gives a reset pulse: the module boots. */
  reset(): Promise<void>;
  /** Presses the power key of a module that is off. */
  powerKey(): Promise<void>;
  /** Whether the module is powered; undefined if the board cannot tell. */
  powered(): Promise<boolean | undefined>;
  /** Causes or ends a local condition; absent on boards that cannot. */
  readonly provoke?: (cause: LocalCause, present: boolean) => Promise<void>;
  /** Drives the resting levels; the last action on a board. */
  rest(): Promise<void>;
  /** Calls `listener` with the emulated module's reports about its answers; other boards report nothing. */
  onTruth(listener: (truth: Truth) => void): () => void;
  /**
   * Why the board has ended: an emulated one is a program. Waits a moment for its last output; undefined if it still
   * runs. Absent on boards that cannot end.
   */
  readonly ended?: () => Promise<HilError | undefined>;
  /** Releases the driver's resources; does not touch the board. */
  close(): Promise<void>;
}
