import type { PlannedTest } from '../../../reports/record/entry.ts';
import type { Verdict } from '../../../reports/record/verdict.ts';

/** The end of a planned test. */
interface Ending {
  readonly test: PlannedTest;
  /** How many tests of its file have which verdict, where it was the file's last. */
  readonly ofFile: string | undefined;
}

/** Counts the tests of a run. */
interface Tally {
  /** Undefined for a test that was not planned. */
  end(name: string, verdict: Verdict): Ending | undefined;
  counts(): { readonly done: number; readonly of: number; readonly failed: number };
}

export function createTally(planned: readonly PlannedTest[]): Tally {
  const left = new Map<string, number>();
  for (const { file } of planned) left.set(file, (left.get(file) ?? 0) + 1);
  const known = new Map(planned.map((test) => [test.name, test]));
  const verdicts = new Map<string, Map<Verdict, number>>();
  let done = 0;
  let failed = 0;
  return {
    end(name, verdict) {
      const test = known.get(name);
      if (!test) return undefined;
      const { file } = test;
      done++;
      if (verdict === 'fail') failed++;
      const ofFile = verdicts.get(file) ?? new Map<Verdict, number>();
      verdicts.set(file, ofFile.set(verdict, (ofFile.get(verdict) ?? 0) + 1));
      const rest = (left.get(file) ?? 1) - 1;
      left.set(file, rest);
      const counts = [...ofFile].map(([of, n]) => `${n} ${of}`).join(', ');
      return { test, ofFile: rest === 0 ? counts : undefined };
    },
    counts: () => ({ done, of: planned.length, failed }),
  };
}
