import type { ChapterTime, RunTimes } from '../../../rigs/state/run-times.ts';

/** The medians of earlier runs, ms; undefined for what they did not have. */
export interface EarlierTimes {
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  /** One test of a suite file. */
  perTestMs(file: string): number | undefined;
}

export function earlierTimes(runs: readonly RunTimes[]): EarlierTimes {
  const perTest = ({ ms, tests }: ChapterTime): number => ms / tests;
  return {
    startMs: median(runs.map(({ startMs }) => startMs)),
    endMs: median(runs.map(({ endMs }) => endMs)),
    perTestMs: (file) =>
      median(runs.flatMap(({ chapters: { [file]: chapter } }) => (chapter ? [perTest(chapter)] : []))),
  };
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle];
  const low = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  return high === undefined || low === undefined ? undefined : (low + high) / 2;
}
