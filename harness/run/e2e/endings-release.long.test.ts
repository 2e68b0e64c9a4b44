import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import path from 'node:path';

import { jest } from '@jest/globals';

import { descendants, left } from './endings.fixture.ts';
import { recordIn, start, untilPrinted, workFolder } from './qualify.fixture.ts';

jest.setTimeout(180_000);

const folder = workFolder();
afterAll(() => folder.end());

const rig = folder.file(
  'slow.yaml',
  `name: slow
control: { driver: emulator }
module: { imei: '863703030822519', firmware: BC26NBR01A07, clock: 150 }
`,
);

/**
 * Makes the emulated module of a run so slow that the restore takes much longer than a stopped run may take. To be
 * called once the module is up, so that bring-up is not slow.
 */
function slowDown(dir: string): void {
  const module = readdirSync(dir).find((name) => name.startsWith('emulator-')) ?? '';
  writeFileSync(path.join(dir, module, 'control'), 'set latencyMs 600,610\n');
}

/** Resolves once the trace's lines of sent bytes satisfy `enough`; checked whenever the trace grows. */
async function traced(dir: string, enough: (sent: readonly string[]) => boolean): Promise<void> {
  const file = path.join(dir, 'trace.jsonl');
  for await (const _change of watch(file)) {
    const sent = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"uart.tx"'));
    if (enough(sent)) return;
  }
}

describe('a run that is stopped while it restores its module', () => {
  test('ends soon, and names the records that it did not reach', async () => {
    const dir = path.join(folder.dir, 'run');
    const options = ['--profile', 'smoke', '--clause', 'CFG-READ-0', '--seed', '1', '--out', dir];
    const child = start(['qualify', '--rig', rig, ...options]);
    await untilPrinted(child.stderr, 'module 8637');
    slowDown(dir);
    // The identity is read at the start, and again when the restore begins.
    await traced(dir, (sent) => sent.filter((line) => line.includes('AT+CGSN=1')).length >= 2);
    const below = descendants(child.pid!);
    const asked = Date.now();
    child.kill('SIGTERM');
    const ended = await child;
    // What a CI runner allows from the first signal on; the restore itself has 4 s of it (`qualify/jest-child.ts`).
    expect(Date.now() - asked).toBeLessThan(7_500);
    expect(ended.exitCode).toBe(143);
    // The summary breaks its lines between any two words.
    expect(ended.stdout.replace(/\s+/g, ' ')).toMatch(/not reached: .*QDMPCFGEX 5/);
    const record = recordIn(dir);
    expect(record).toMatchObject({ state: 'interrupted', exitCode: 143 });
    const [notPutBack, ...others] = record.messages;
    expect(notPutBack).toMatch(/not reached: .*QDMPCFGEX 5.*SIGTERM/);
    // Records that the restore has just written may also be lost: the supply is cut before they are durable.
    expect(others.filter((text) => !/ may not be durable: the supply is cut /.test(text))).toEqual([]);
    expect(await left(below, 10_000)).toEqual([]);
  });
});
