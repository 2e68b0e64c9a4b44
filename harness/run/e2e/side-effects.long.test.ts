import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { startForeignBoard } from './foreign-board.fixture.ts';
import { run } from './qualify.fixture.ts';

jest.setTimeout(240_000);

const held = {
  ...{ dm_access_ip_address: '203.0.113.5', dm_port: '5683', dm_update_period: '3600' },
  ...{ dm_appkey: 'M100000089', dm_pwd: 'Hh5-ownBench-77', dm_interface: '0', dm_imei1: '863703030822519' },
  ...{ dm_ex_swver: 'SW 7', dm_ex_swname: 'Customer' },
};

test.each([
  ['save-credentials-resets-server', 'CFG-SAVE-2'],
  ['ex-erase-all', 'EX-ERASE-3'],
])('%s: what the restore of one record does to another is made good', async (fault, clause) => {
  const board = await startForeignBoard(['--fault', fault], held);
  try {
    const chosen = ['--profile', 'smoke', '--clause', `CFG-SAVE-1,${clause}`, '--no-latest'];
    const options = ['--rig', board.rig('bench'), ...chosen, '--out', board.out('run')];
    const { exitCode } = await run(['qualify', ...options], board.env());
    expect([0, 1]).toContain(exitCode);
    const nvram = readFileSync(path.join(board.moduleDir, 'nvram.json'), 'utf8');
    expect(JSON.parse(nvram)).toEqual(held);
    expect(existsSync(path.join(board.out('state'), 'originals', '863703030822519.json'))).toBe(false);
  } finally {
    await board.end();
  }
});
