import { scenario, type Snapshot, type TestModule } from '../harness/jest/suite.ts';
import { fill } from './persistence/arrange-round.ts';
import {
  commandOf,
  cutName,
  type EarlyCut,
  keepsQuiet,
  releaseCuts,
  valuesBefore,
} from './persistence/early-cuts.ts';
import { judgeBoot } from './persistence/judge-after.ts';
import { judgeEarlyCut } from './persistence/judge-early-cut.ts';
import { give } from './records/give.ts';
import { saveLine } from './records/records.ts';

async function arrange(module: TestModule, cut: EarlyCut): Promise<{ readonly written: Snapshot }> {
  // Whatever becomes of the write, nobody is contacted.
  await fill(module, [keepsQuiet(cut)], cut.number);
  await give(module, saveLine(cut.record, valuesBefore(cut)));
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
