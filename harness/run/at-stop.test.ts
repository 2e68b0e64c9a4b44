import { jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { OwnBench } from './own-bench.fixture.ts';
import { startOwnBench } from './own-bench.fixture.ts';
import { said, start } from './qualify.fixture.ts';

jest.setTimeout(60_000);

let own: OwnBench;
beforeAll(async () => {
  own = await startOwnBench(['--set', 'bootMs=300']);
});
afterAll(() => own.end());

const powered = (): string => readFileSync(path.join(own.moduleDir, 'powered'), 'latin1');

describe('at, stopped', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s once the board is on, puts it at rest', async (signal, exitCode) => {
    const isOn = own.out(`${signal}.on`);
    execFileSync('mkfifo', [isOn]);
    const rig = own.rig(signal, { on: `[sh, -c, 'echo on > ${own.moduleDir}/control; echo > ${isOn}']` });
    const child = start(['at', '--rig', rig, 'AT+QDMPCFG?'], own.env());
    await readFile(isOn);
    child.kill(signal);
    const ended = await child;
    expect(ended).toMatchObject({ exitCode, stdout: '' });
    expect(powered()).toBe('0\n');
  });

  test('right after a save, says that it may be lost', async () => {
    const child = start(['at', '--rig', own.rig('saving'), 'AT+QDMPCFG=1,192.0.2.9,5701,86400'], own.env());
    await said(child.stdout, 'OK');
    child.kill('SIGINT');
    const ended = await child;
    expect(ended.exitCode).toBe(130);
    expect(ended.stderr).toMatch(/^AT\+QDMPCFG=1,… may not be durable: .* 1000 ms \(module\.durableMs\)/);
    expect(powered()).toBe('0\n');
  });
});
