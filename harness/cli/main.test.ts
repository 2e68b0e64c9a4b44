import { readFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

const bin = path.resolve(import.meta.dirname, 'bin.mjs');
const run = (...args: string[]) =>
  execa(process.execPath, [bin, ...args], { reject: false, timeout: 60_000 });

test('--version is that of package.json', async () => {
  const { version } = JSON.parse(
    readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'),
  ) as { version: string };
  expect(await run('--version')).toMatchObject({ exitCode: 0, stdout: version });
}, 60_000);

test('emulate lists its faults, and a name near none of them ends 2', async () => {
  const { exitCode, stdout } = await run('emulate', '--faults');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^wedges +no answer after 60 commands, until a reboot$/m);
  expect(await run('emulate', '--fault', 'wdges')).toMatchObject({
    exitCode: 2,
    stderr:
      'emulator: no fault is called "wdges" (did you mean wedges?); bc26-hil emulate --faults lists them all',
  });
}, 120_000);
