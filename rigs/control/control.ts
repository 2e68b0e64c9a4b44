import type { HilError } from '../../harness/base/error.ts';

/** What a board's wiring can do; a missing capability makes its clauses "not run", with the reason. */
export interface Capabilities {
  /** A module that was powered off in an orderly way can be started without cutting its supply. */
  readonly powerKey: boolean;
  readonly reset: boolean;
  /** The supply can be cut, so that power-cut clauses can be judged. */
  readonly supplyCut: boolean;
  /** It can be seen whether the module is powered (VDD_EXT). */
  readonly powered: boolean;
  /** The board tells the truth about its own timing (the emulated one does). */
  readonly truth: boolean;
}

/** What no server can bring about, since its cause lies in the module or in its network (CMDMP.md §2.2). */
export type LocalCause =
  /** No connection can be opened: state 5. */
  | 'connect-failed'
  /** Updates stay unsent, so that the lifetime passes: state 9. */
  | 'updates-unsent';

/** What an emulated module says of one answer it gave, in monotonic ns. */
export interface Truth {
  /** The command as it received it, without its terminator. */
  readonly command: string;
  /** When it had the command's last byte, by the wire's pace. */
  readonly receivedAt: bigint;
  /** When it read the bytes that completed the command. */
  readonly readAt: bigint;
  /** When it planned the answer's first byte. */
  readonly plannedAt: bigint;
  /** When it wrote the first and the last byte of the answer. */
  readonly firstAt: bigint;
  readonly lastAt: bigint;
  /** When the last byte would have left, had everything gone by plan. */
  readonly plannedLastAt: bigint;
}

/** Drives a board's power and reset. Every call settles within the driver's time limits (CONTROL_TIMEOUT). */
export interface Control {
  readonly driver: string;
  readonly capabilities: Capabilities;
  /** Supply on, settled, power key pressed where there is one: the module boots. */
  on(): Promise<void>;
  /** Supply cut, discharge time waited for. Without a supply line: rejects CONTROL_FAILED. */
  off(): Promise<void>;
  /** Reset pulse: the module boots. */
  reset(): Promise<void>;
  /** Power-key pulse on a module that is off. */
  powerKey(): Promise<void>;
  /** Whether the module is powered; undefined where nothing senses it. */
  powered(): Promise<boolean | undefined>;
  /** Brings a local cause about, or takes it away; absent on boards that cannot. */
  readonly provoke?: (cause: LocalCause, present: boolean) => Promise<void>;
  /** Drives the resting levels; the last thing done to a board. */
  rest(): Promise<void>;
  /** Hears the emulated module's truth about its answers; never called on other boards. */
  onTruth(listener: (truth: Truth) => void): () => void;
  /**
   * Why the board itself has ended, where it can: an emulated one is a program. Waits a moment for its last
   * words; undefined when it has not ended.
   */
  readonly ended?: () => Promise<HilError | undefined>;
  /** Releases what the driver holds; does not touch the board. */
  close(): Promise<void>;
}
