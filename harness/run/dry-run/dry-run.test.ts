import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { dryRun } from './dry-run.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-test-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rig = `name: bench-1
serial: { path: /dev/there-is-none, baud: 115200 }
control: { driver: command, on: [/bin/false], off: [/bin/false] }
module: { imei: '863703030822519', firmware: BC26NBR01A07 }
credentials: factory
`;

test('says what would run and what would not, and leaves nothing behind', async () => {
  const file = path.join(folder, 'bench.yaml');
  writeFileSync(file, rig);
  const text = await dryRun({
    ...{ rig: file, profile: 'nightly', clausePattern: null, seed: null, maxFailures: null, stopAt: null },
    ...{ out: path.join(folder, 'run'), latest: true, faults: [], waitMs: 0, timeoutMs: null, junit: 'rich' },
  });
  expect(text).toMatch(/^bench-1: profile nightly, dry run: nothing was sent to the board\n/);
  expect(text).toMatch(/^60-persistence\.suite\.ts +\d+ +\d.* \d+ +\d+$/m);
  expect(text).not.toContain('82-platform.suite.ts');
  expect(text).toMatch(/^in all +\d+ +\d+ min/m);
  expect(text).toMatch(/^ {2}\d+ tests: the rig has no reset line$/m);
  expect(text).toMatch(/^ {2}\d+ tests: the rig has no platform the module can reach$/m);
  expect(text).toMatch(/^no test would judge [^.]*STATE-REGISTER/m);
  expect(readdirSync(folder)).toEqual(['bench.yaml']);
});
