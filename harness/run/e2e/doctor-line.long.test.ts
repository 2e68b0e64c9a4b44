import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { parseRigFile } from '../../../rigs/file/load-rig-file.ts';
import { acquireLock } from '../../../rigs/lock/lock.ts';
import { broken, type DoctorBoard, startDoctorBoard } from './doctor.fixture.ts';
import { start, untilPrinted } from './qualify.fixture.ts';

jest.setTimeout(180_000);

let board: DoctorBoard;
beforeAll(async () => {
  board = await startDoctorBoard();
});
afterEach(() => board.switchOff());
afterAll(() => board.end());

describe('the doctor, on the line and other programs', () => {
  test('hears noise on the line', async () => {
    const rig = parseRigFile(
      path.join(board.folder.dir, 'noisy.yaml'),
      `name: noisy
control: { driver: emulator, settings: { noiseHz: 4, bootMs: 100, latencyMs: 1 } }
module: { imei: '863703030822519', firmware: BC26NBR01A07 }`,
      {},
    );
    const result = await board.examine(rig, { silenceS: 1 });
    expect(result.exitCode).toBe(3);
    expect(broken(result)).toContain('noise');
    expect(result.figures.silence?.bytes).toBeGreaterThan(0);
  });

  test('names a program that has the port open, and does not touch the board', async () => {
    const holder = spawn('sh', ['-c', 'exec 3<>"$0"; echo open; read -r _', board.device], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      await untilPrinted(holder.stdout, 'open');
      const result = await board.examine(board.rig());
      expect(result.exitCode).toBe(3);
      expect(broken(result)).toEqual(['port-users']);
      expect(result.said).toContain(`process ${holder.pid} (sh)`);
      expect(result.trace).toEqual([]);
    } finally {
      const ended = once(holder, 'exit');
      holder.stdin.end();
      await ended;
    }
  });

  test('names who holds the board', async () => {
    const lock = await acquireLock(board.rig());
    try {
      const result = await board.examine(board.rig());
      expect(result.exitCode).toBe(3);
      expect(broken(result)).toEqual(['lock']);
      expect(result.said).toContain(`process ${process.pid}`);
    } finally {
      lock.release();
    }
  });

  test('ends at a signal with the board at rest', async () => {
    const rig = board.folder.file('stopped.yaml', board.rigText());
    const out = path.join(board.folder.dir, 'stopped');
    const child = start(['doctor', '--rig', rig, '--boots', '1', '--silence', '60', '--out', out]);
    await untilPrinted(child.stdout, 'round-trip');
    expect(board.powered()).toBe('1');
    child.kill('SIGTERM');
    const { exitCode, stdout } = await child;
    expect(exitCode).toBe(143);
    expect(stdout).toContain('stopped by SIGTERM');
    expect(board.powered()).toBe('0');
    expect(JSON.parse(readFileSync(path.join(out, 'doctor.json'), 'utf8'))).toMatchObject({ exitCode: 143 });
  });
});
