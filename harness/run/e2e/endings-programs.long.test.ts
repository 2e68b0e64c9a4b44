import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { jest } from '@jest/globals';

import { until } from '../../../harness/base/until.fixture.ts';
import { isAlive } from '../../base/is-alive.fixture.ts';
import { commandLine, descendants, kill, left } from './endings.fixture.ts';
import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { recordIn, run, start } from './qualify.fixture.ts';

jest.setTimeout(180_000);

let board: ForeignBoard;
beforeAll(async () => {
  board = await startForeignBoard();
});
afterAll(() => board.end());

/** Starts a run whose `on` program has begun. It ignores SIGTERM and would switch the board on a minute later. */
async function switchingOn(name: string, command: readonly string[] = ['qualify', ...judging(name)]) {
  const begun = board.out(`${name}.begun`);
  const pid = board.out(`${name}.pid`);
  await promisify(execFile)('mkfifo', [begun]);
  const on = `trap "" TERM; echo $$ > ${pid}; echo > ${begun}; sleep 60; echo on > ${board.moduleDir}/control`;
  const rig = board.rig(name, { on: `[sh, -c, '${on}']`, timeoutMs: '90000' });
  const child = start([...command, '--rig', rig], board.env());
  await readFile(begun);
  const program = Number(readFileSync(pid, 'utf8'));
  return { child, rig, program, below: descendants(child.pid!) };
}

const judging = (name: string): string[] => [
  '--profile',
  'smoke',
  '--clause',
  'CFG-READ-0',
  '--out',
  board.out(name),
];

/** Waits until a program is listed in the lock file, which happens right after its start. */
async function recorded(program: number): Promise<void> {
  const locks = path.join(board.env()['BC26_HIL_STATE']!, 'locks');
  const found = (): boolean =>
    readdirSync(locks).some((file) =>
      readFileSync(path.join(locks, file), 'utf8').includes(`"pid":${program},`),
    );
  await until(found, Boolean);
}

describe('a run that ends while a program switches its board on', () => {
  test('ends the program when the run is stopped', async () => {
    const { child, program, below } = await switchingOn('told');
    const asked = Date.now();
    child.kill('SIGTERM');
    expect((await child).exitCode).toBe(143);
    expect(Date.now() - asked).toBeLessThan(6_000);
    expect(isAlive(program)).toBe(false);
    expect(await left(below, 10_000)).toEqual([]);
    await board.off();
  });

  test('ends the program when the Jest child is killed, before it puts the board at rest', async () => {
    const { child, program, below } = await switchingOn('killed');
    await recorded(program);
    kill(below, 'jest.js');
    expect((await child).exitCode).toBe(3);
    expect(isAlive(program)).toBe(false);
    expect(recordIn(board.out('killed')).problems.map(({ code }) => code)).toEqual(['SUITES_CRASHED']);
    expect(await left(below, 10_000)).toEqual([]);
    await board.off();
  });

  test('ends the program when the supervisor is killed', async () => {
    const { child, program, below } = await switchingOn('orphaned');
    child.kill('SIGKILL');
    await child;
    expect(await left([program, ...below], 15_000)).toEqual([]);
    await board.off();
  });

  test.each(['qualify', 'at'])(
    'leaves the board locked when %s is killed; `rest` ends the program',
    async (name) => {
      const killed = `killed-${name}`;
      const command = name === 'at' ? ['at', 'ATI'] : ['qualify', ...judging(killed)];
      const { child, rig, program, below } = await switchingOn(killed, command);
      await recorded(program);
      // All are stopped first: a process that sees another one killed would end the program.
      const all = [child.pid!, ...below.filter((one) => commandLine(one).includes('jest.js'))];
      for (const signal of ['SIGSTOP', 'SIGKILL'] as const) for (const pid of all) process.kill(pid, signal);
      await child;
      expect(isAlive(program)).toBe(true);
      const rest = await run(['rest', '--rig', rig], board.env());
      expect(rest).toMatchObject({ exitCode: 0 });
      expect(isAlive(program)).toBe(false);
      expect(await left(below, 10_000)).toEqual([]);
      await board.off();
    },
  );
});
