import type { TraceLine } from '../files/trace-file.ts';
import { lineText } from './line-text.ts';
import { isoTime, type WallClock } from './wall-clock.ts';

/** A word for each direction, as in the evidence of a failure; the others are called what the trace calls them. */
const names: Partial<Record<TraceLine['source'], string>> = { 'uart.tx': 'sent', 'uart.rx': 'received' };

/**
 * A line of the trace as text: its number, the time of day in UTC, where it comes from, what happened.
 * @returns without a line break
 */
export function formatLine(line: TraceLine, wall: WallClock): string {
  const time = isoTime(wall(line.at)).slice('2026-01-31T'.length, -1);
  const source = (names[line.source] ?? line.source).padEnd(11);
  return `${String(line.n).padStart(7)}  ${time}  ${source}  ${lineText(line)}`;
}
