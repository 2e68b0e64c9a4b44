import { rmSync, statSync } from 'node:fs';
import path from 'node:path';

import type { Options, Row } from './bench.ts';
import { type Cost, costOf } from './cost.ts';
import { grownRun, sampleRun } from './run-folders.ts';

/** The same run with ever longer traces: its page written, its verdicts folded again, its lines shown. */
export async function measureTrace({ work, full }: Options): Promise<readonly Row[]> {
  const sample = await sampleRun(work, 'trace-sample');
  const account = path.join(work, 'account');
  const rows: Row[] = [];
  for (const lines of [1e4, 1e5, 1e6, ...(full ? [1e7] : [])]) {
    const run = path.join(work, `run-${lines}`);
    await grownRun(sample, run, lines);
    const shown = ({ seconds, memoryMb, exitCode }: Cost): string =>
      exitCode === 0 ? `${seconds.toFixed(1)} s, ${memoryMb} MB` : `exit code ${exitCode}`;
    const verified = await costOf(['verify', run], { account });
    const listed = await costOf(['trace', run, '--source', 'control'], { account });
    const paged = await costOf(['report', run], { account });
    rows.push({
      lines,
      MB: Math.round(statSync(path.join(run, 'trace.jsonl')).size / 1e6),
      verify: shown(verified),
      'trace, filtered': shown(listed),
      report: shown(paged),
      'page kB': Math.round(statSync(path.join(run, 'report.html')).size / 1e3),
    });
    rmSync(run, { recursive: true });
  }
  return rows;
}
