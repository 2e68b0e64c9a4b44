import type { Entry, PlannedTest } from '../../../reports/record/entry.ts';
import type { RunTimes } from '../../../rigs/state/run-times.ts';

/** Measures the parts of a run from its entries. Times in ms since its start. */
export interface Measure {
  add(entry: Entry, atMs: number): void;
  /** @returns undefined for a run whose tests did not all end */
  times(endedAtMs: number): RunTimes | undefined;
}

/** What passes before a test ends is its file's: loading the file takes time, too. */
export function createMeasure(planned: readonly PlannedTest[]): Measure {
  const fileOf = new Map(planned.map(({ name, file }) => [name, file]));
  const chapters = new Map<string, { ms: number; tests: number }>();
  let startMs: number | undefined;
  let lastMs = 0;
  let open = fileOf.size;
  const tried = () => [...chapters].filter(([, { tests }]) => tests > 0);
  return {
    add(entry, atMs) {
      if (entry.type === 'test-start' && startMs === undefined) startMs = lastMs = atMs;
      if (entry.type !== 'test-end') return;
      const file = fileOf.get(entry.name);
      if (file === undefined) return;
      const chapter = chapters.get(file) ?? { ms: 0, tests: 0 };
      // What the board cannot do took no time: it must not make the other tests of its file seem shorter.
      const tried = entry.verdict !== 'not-run' || entry.durationMs > 0;
      chapters.set(file, { ms: chapter.ms + atMs - lastMs, tests: chapter.tests + (tried ? 1 : 0) });
      lastMs = atMs;
      open--;
    },
    times: (endedAtMs) =>
      startMs === undefined || open > 0
        ? undefined
        : { startMs, endMs: endedAtMs - lastMs, chapters: Object.fromEntries(tried()) },
  };
}
