import type { Entry, PlannedTest } from '../../../reports/record/entry.ts';
import type { ChapterTime, RunTimes } from '../../../rigs/state/run-times.ts';

/** Measures the parts of a run from its entries. Times in ms since its start. */
export interface Measure {
  add(entry: Entry, atMs: number): void;
  /** @returns undefined for a run whose tests did not all end */
  times(endedAtMs: number): RunTimes | undefined;
}

/** A chapter of which an estimate counts no test cannot be foretold by them. */
const countedOf = (chapters: ReadonlyMap<string, ChapterTime>): RunTimes['chapters'] =>
  Object.fromEntries([...chapters].filter(([, { tests }]) => tests > 0));

/**
 * What passes before a test ends is its file's: loading the file takes time, too.
 * @param counted whether an estimate counts the test: those that the rig's board cannot do, it leaves out
 */
export function createMeasure(planned: readonly PlannedTest[], counted: (name: string) => boolean): Measure {
  const fileOf = new Map(planned.map(({ name, file }) => [name, file]));
  const chapters = new Map<string, { ms: number; tests: number }>();
  let startMs: number | undefined;
  let lastMs = 0;
  let open = fileOf.size;
  return {
    add(entry, atMs) {
      if (entry.type === 'test-start' && startMs === undefined) startMs = lastMs = atMs;
      if (entry.type !== 'test-end') return;
      const file = fileOf.get(entry.name);
      if (file === undefined) return;
      const chapter = chapters.get(file) ?? { ms: 0, tests: 0 };
      const tests = chapter.tests + (counted(entry.name) ? 1 : 0);
      chapters.set(file, { ms: chapter.ms + atMs - lastMs, tests });
      lastMs = atMs;
      open--;
    },
    times: (endedAtMs) =>
      startMs === undefined || open > 0
        ? undefined
        : { startMs, endMs: endedAtMs - lastMs, chapters: countedOf(chapters) },
  };
}
