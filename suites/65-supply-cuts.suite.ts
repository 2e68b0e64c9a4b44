import { scenario } from '../harness/jest/suite.ts';
import type { Snapshot, TestModule } from '../harness/jest/suite.ts';
import type { EarlyCut } from './early-cuts.ts';
import { commandOf, cutName, releaseCuts } from './early-cuts.ts';
import { give } from './give.ts';
import { judgeEarlyCut } from './judge-early-cut.ts';
import { numbered } from './numbered-values.ts';
import { judgeBoot } from './persistence-after.ts';
import { fill } from './persistence-arrange.ts';
import { recordNamed } from './record-named.ts';
import { saveLine } from './records.ts';

async function arrange(
  module: TestModule,
  { record, number }: EarlyCut,
): Promise<{ readonly written: Snapshot }> {
  // Whatever becomes of the write, nobody is contacted.
  await fill(module, [recordNamed('QDMPCFG 0')], number);
  await give(module, saveLine(record, numbered(record, number - 1)));
  return { written: await module.snapshot() };
}

for (const cut of releaseCuts) {
  const name = `supply cut ${cutName(cut)}`;
  const done = scenario(
    { reboot: 'supply-cut', last: commandOf(cut), cutAfterMs: cut.delayMs, profile: 'release' },
    ({ module }) => arrange(module, cut),
  );
  judgeBoot(done, name);
  judgeEarlyCut(done, cut, name);
}
