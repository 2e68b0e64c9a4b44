import type { PlannedTest } from '../../../reports/record/entry.ts';
import type { Emit } from '../host/emit.ts';
import type { Enough } from '../verdict/enough.ts';

interface Parts {
  readonly enough: Pick<Enough, 'why'>;
  readonly emit: Emit;
  /** The tests of the run. */
  readonly planned: () => readonly PlannedTest[];
}

/**
 * Leaves out suite files once a run has seen enough, so that Jest need not load them. A file with a test that judges what
 * the run has shown is never left out.
 * @returns a function that takes the name of a suite file and says whether it is left out; its tests then have their ends
 */
export function createLeftFiles({ enough, emit, planned }: Parts): (file: string) => boolean {
  return (file) => {
    const reason = enough.why();
    if (reason === undefined) return false;
    const tests = planned().filter((test) => test.file === file && test.leftOut === undefined);
    if (tests.some(({ hindsight }) => hindsight)) return false;
    for (const { name } of tests) {
      const from = emit({ type: 'test-start', name });
      emit({
        ...{ type: 'test-end', name, verdict: 'not-run', reason, durationMs: 0 },
        trace: [from, from + 1],
      });
    }
    return true;
  };
}
