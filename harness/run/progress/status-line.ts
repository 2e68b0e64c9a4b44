import { clockText } from './clock-text.ts';

/** How far a run has come. */
export interface Advance {
  readonly done: number;
  readonly of: number;
  readonly failed: number;
  readonly elapsedMs: number;
  /** The time it is expected to take on, ms; undefined where nothing is known. */
  readonly leftMs: number | undefined;
  /** The part of the expected time that lies behind it, 0 to 1. */
  readonly share: number;
}

/** A bar shorter than this says nothing. */
const SHORTEST_BAR = 10;
const LONGEST_BAR = 50;

/** Tests and times, without a bar: `41/95 tests, 2 failed, 1:10, about 0:50 left`. */
export function advanceText({ done, of, failed, elapsedMs, leftMs }: Advance): string {
  const bad = failed > 0 ? `, ${failed} failed` : '';
  // A test that takes longer than expected is not the end of the run.
  const left = leftMs === undefined ? '' : `, about ${clockText(Math.max(1_000, leftMs))} left`;
  return `${done}/${of} tests${bad}, ${clockText(elapsedMs)}${left}`;
}

/** The line with the bar, of at most `columns` columns; on a narrow terminal without it. */
export function statusLine(advance: Advance, columns: number): string {
  const text = advanceText(advance);
  const room = Math.min(LONGEST_BAR, columns - text.length - '  [] '.length);
  if (room < SHORTEST_BAR) return `  ${text}`;
  const filled = Math.floor(Math.min(1, advance.share) * room);
  return `  [${'='.repeat(filled)}${' '.repeat(room - filled)}] ${text}`;
}
