import { scenario, type Snapshot, type TestModule } from '../harness/jest/suite.ts';
import { ensureFilled } from './persistence/arrange-round.ts';
import {
  cutCommand,
  cutName,
  type EarlyCut,
  neighboursOf,
  quietingRecord,
  releaseCuts,
  valuesBefore,
} from './persistence/early-cuts.ts';
import { judgeBoot } from './persistence/judge-after.ts';
import { judgeEarlyCut } from './persistence/judge-early-cut.ts';
import { expectOk, saveCommand } from './records/records.ts';

async function arrange(module: TestModule, cut: EarlyCut): Promise<{ readonly written: Snapshot }> {
  // The module must contact nobody, even if the interrupted record is lost. The neighbours hold what a cut can spoil.
  await ensureFilled(module, [quietingRecord(cut), ...neighboursOf(cut)], cut.number);
  await expectOk(module, saveCommand(cut.record, valuesBefore(cut)));
  return { written: await module.snapshot() };
}

for (const cut of releaseCuts) {
  const name = `supply cut ${cutName(cut)}`;
  const done = scenario(
    { reboot: 'supply-cut', last: cutCommand(cut), cutAfterMs: cut.delayMs, profile: 'release' },
    ({ module }) => arrange(module, cut),
  );
  judgeBoot(done, name);
  judgeEarlyCut(done, cut, name);
}
