import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Entry } from '../../../reports/record/entry.ts';
import { parseRigFile } from '../../../rigs/file/load-rig-file.ts';
import { openWear } from './wear.ts';

let state: string;
const before = process.env['BC26_HIL_STATE'];
beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'wear-'));
  process.env['BC26_HIL_STATE'] = state;
});
afterEach(() => {
  rmSync(state, { recursive: true, force: true });
  if (before === undefined) delete process.env['BC26_HIL_STATE'];
  else process.env['BC26_HIL_STATE'] = before;
});

const real = `name: bench
serial: { path: /dev/ttyX }
control: { driver: command, on: [on], off: [off] }
module: { imei: '863703030822519', firmware: BC26, wear: { endurance: 1000, warnAt: 0.5 } }`;

function wear(source: string) {
  const entries: Entry[] = [];
  const rig = parseRigFile('/bench/bench.yaml', source, {});
  return { entries, kept: openWear(rig, '863703030822519', (entry) => entries.push(entry)) };
}

test.each([
  [
    'an emulated board',
    "name: e\ncontrol: { driver: emulator }\nmodule: { imei: '863703030822519', firmware: BC26 }",
  ],
  ['a module whose network time is accelerated', real.replace('wear:', 'clock: 10, wear:')],
])('%s has no ledger', (_, source) => {
  const { entries, kept } = wear(source);
  kept.add(1);
  kept.close();
  expect(entries).toEqual([]);
  expect(readdirSync(state)).toEqual([]);
});

test('a real module is counted, and warned of at once when much is used up', () => {
  const first = wear(real);
  first.kept.add(500);
  first.kept.close();
  expect(first.entries).toEqual([{ type: 'wear', writesBefore: 0, endurance: 1_000, warnAt: 0.5 }]);
  const second = wear(real);
  second.kept.close();
  expect(second.entries).toMatchObject([
    { type: 'wear', writesBefore: 500 },
    { type: 'message', text: expect.stringContaining('500 NVRAM writes: above 50 %') as string },
  ]);
});
