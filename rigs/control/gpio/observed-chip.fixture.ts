import type { Level } from './line.ts';

/** A GPIO chip for tests, real or not, seen from the far end of its lines. Lines are counted from 0. */
export interface ObservedChip {
  readonly label: string;
  /** The kernel's number of its first line. */
  readonly base: number;
  /** What is pulled from outside, as weakly as by a resistor: an output wins. */
  pull(line: number, level: Level): void;
  /** The levels the line was driven to since the chip was made, oldest first. */
  driven(line: number): readonly ObservedLevel[];
  /** Whether the line is claimed: exported, or held. */
  claimed(line: number): boolean;
}

/** What the far end saw: the line got its level no earlier than `from` and no later than `to`, ns of its own clock. */
export interface ObservedLevel {
  readonly level: Level;
  readonly from: bigint;
  readonly to: bigint;
}

/** What makes such chips, for the tests of lines that run on several kinds of them. */
export interface ChipMaker {
  chips(wanted: readonly WantedChip[]): Promise<readonly ObservedChip[]>;
  /** Takes the chips away. */
  end(): Promise<void>;
}

export interface WantedChip {
  readonly label: string;
  readonly lines: number;
  /** Where the far end can choose; a kernel chooses for itself. */
  readonly base?: number;
}
