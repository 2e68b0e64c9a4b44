import type { TraceLine } from '../files/trace-file.ts';
import { formatLine } from '../timeline/format-line.ts';
import type { WallClock } from '../timeline/wall-clock.ts';

/** Collects the last lines of a part of the trace as text. */
export interface Transcript {
  add(line: TraceLine): void;
  /** Without line breaks; oldest first. */
  lines(): string[];
}

/** Bytes of an answer that are kept in one line. */
const MOST_DATA = 4_000;

const isTold = ({ source }: TraceLine): boolean => source !== 'note' && source !== 'test';

/** Chunks of one answer are one line, with the time of the first. */
const joined = (before: TraceLine | undefined, line: TraceLine): TraceLine | undefined =>
  before?.source === 'uart.rx' && line.source === 'uart.rx' && (before.data ?? '').length < MOST_DATA
    ? { ...before, data: `${before.data ?? ''}${line.data ?? ''}` }
    : undefined;

/**
 * What went over the wires, and what was switched: the notes between are left out.
 * @param most how many lines are kept, the last ones
 */
export function createTranscript(wall: WallClock, most: number): Transcript {
  const kept: TraceLine[] = [];
  let dropped = 0;
  return {
    add(line) {
      if (!isTold(line)) return;
      const whole = joined(kept.at(-1), line);
      if (whole) kept[kept.length - 1] = whole;
      else kept.push(line);
      if (kept.length <= most) return;
      kept.shift();
      dropped++;
    },
    lines: () => [
      ...(dropped > 0 ? [`… ${dropped} lines before`] : []),
      ...kept.map((line) => formatLine(line, wall)),
    ],
  };
}
