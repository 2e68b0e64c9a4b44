import type { Level } from './line.ts';

/** A GPIO chip (fake, or simulated by a kernel) whose lines a test pulls and observes. Lines count from 0. */
export interface ObservedChip {
  readonly label: string;
  /** The kernel's number of its first line. */
  readonly base: number;
  /** Pulls a line from outside, as weakly as a resistor: an output wins. */
  pull(line: number, level: Level): void;
  /** The levels the line was driven to since the chip was made, oldest first. */
  driven(line: number): readonly ObservedLevel[];
  /** Whether the line is claimed: exported, or held. */
  claimed(line: number): boolean;
}

/** A line got this level no earlier than `from` and no later than `to`, ns of the chip's own clock. */
export interface ObservedLevel {
  readonly level: Level;
  readonly from: bigint;
  readonly to: bigint;
}

/** Makes chips of one kind. */
export interface ChipMaker {
  chips(wanted: readonly WantedChip[]): Promise<readonly ObservedChip[]>;
  /** Removes the chips. */
  end(): Promise<void>;
}

export interface WantedChip {
  readonly label: string;
  readonly lines: number;
  /** Used for fake chips; a kernel chooses the base itself. */
  readonly base?: number;
}
