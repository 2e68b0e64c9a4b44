import { rmSync } from 'node:fs';
import path from 'node:path';

import type { Options, Row } from './bench.ts';
import { costOf } from './cost.ts';
import { history, sampleRun } from './run-folders.ts';

/** What the page of a run costs among the folders of earlier runs: it says what is new since the last. */
export async function measureHistory({ work, full }: Options): Promise<readonly Row[]> {
  const sample = await sampleRun(work, 'history-sample');
  const rows: Row[] = [];
  for (const runs of [10, 100, 1000, ...(full ? [10_000] : [])]) {
    const folder = path.join(work, `runs-${runs}`);
    const last = history(sample, folder, runs);
    const { seconds, cpuSeconds, memoryMb, exitCode } = await costOf(['report', last], {
      account: path.join(work, 'account'),
    });
    rows.push({
      runs,
      'wall s': seconds.toFixed(1),
      'CPU s': cpuSeconds.toFixed(1),
      'memory MB': memoryMb,
      'exit code': exitCode ?? '',
    });
    rmSync(folder, { recursive: true });
  }
  return rows;
}
