import { existsSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { workFolder } from './qualify.fixture.ts';

jest.unstable_mockModule('../qualify/check-rig.ts', () => ({
  checkRig: () => Promise.reject(new Error('the check itself failed')),
}));
const { qualify } = await import('../qualify/qualify.ts');

const folder = workFolder();
afterAll(() => {
  delete process.env['BC26_HIL_STATE'];
  folder.end();
});

test('a run whose check of the rig fails leaves the board at rest all the same', async () => {
  process.env['BC26_HIL_STATE'] = path.join(folder.dir, 'state');
  const rested = path.join(folder.dir, 'rested');
  const rig = folder.file(
    'bench.yaml',
    `name: bench
serial: { path: ${path.join(folder.dir, 'tty')} }
control: { driver: command, on: ['true'], off: [touch, ${rested}] }
module: { imei: '863703030822519', firmware: BC26 }`,
  );
  const screen = { isTTY: false, write: () => true };
  const running = qualify(
    {
      rig,
      profile: 'nightly',
      clausePattern: 'CFG-READ-0',
      seed: 1,
      maxFailures: null,
      stopAt: null,
      out: path.join(folder.dir, 'run'),
      latest: true,
      faults: [],
      timeoutMs: null,
      junit: 'rich',
      waitMs: 0,
    },
    { progress: screen, summary: screen },
  );
  await expect(running).rejects.toThrow('the check itself failed');
  expect(existsSync(rested)).toBe(true);
});
