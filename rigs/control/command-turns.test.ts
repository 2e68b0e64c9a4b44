import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { type Clock, systemClock, toMs } from '../../harness/base/clock.ts';
import type { CommandKeys } from '../file/rig-file.ts';
import { openCommandControl } from './command-control.ts';
import type { Control } from './control.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'command-turns-'));
  await promisify(execFile)('mkfifo', [path.join(folder, 'begun')]);
});
afterEach(() => rm(folder, { recursive: true }));

const sh = (script: string): string[] => ['sh', '-c', script];

/** A clock with limits twenty times as long, so that a program that obeys SIGTERM is not killed for being slow. */
const patient: Clock = {
  now: () => systemClock.now(),
  after: (ms, fn) => systemClock.after(20 * ms, fn),
};

const open = (commands: Partial<CommandKeys>, clock = patient): Control =>
  openCommandControl({
    control: { driver: 'command', on: ['true'], off: sh('echo off >> log'), timeoutMs: 10_000, ...commands },
    cwd: folder,
    clock,
  });

/** Resolves when the program has written to the FIFO `begun`. */
const begun = (): Promise<unknown> => readFile(path.join(folder, 'begun'));
const log = (): Promise<string> => readFile(path.join(folder, 'log'), 'utf8');

/** Runs until SIGTERM, which it logs. */
const obedient = sh('trap "echo ended >> log; exit 1" TERM; echo > begun; sleep 60 & wait; echo on >> log');
const deaf = sh('trap "" TERM; echo > begun; sleep 60; echo on >> log');

const settled = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe('programs that drive a board', () => {
  test('run one at a time', async () => {
    const alone = sh('mkdir busy && sleep 0.2 && rmdir busy');
    const board = open({ on: alone, reset: alone, powered: alone });
    await expect(Promise.all([board.on(), board.reset(), board.powered()])).resolves.toBeDefined();
  });

  test.each(['off', 'rest'] as const)('%s ends an `on` that still runs, and comes after it', async (act) => {
    const board = open({ on: obedient });
    const on = settled(board.on());
    await begun();
    await board[act]();
    await expect(on).resolves.toMatchObject({ code: 'ABORTED' });
    await expect(log()).resolves.toBe('ended\noff\n');
  });

  test('an `on` that ignores SIGTERM is killed', async () => {
    const board = open({ on: deaf }, systemClock);
    const on = settled(board.on());
    await begun();
    const asked = systemClock.now();
    await board.off();
    expect(toMs(systemClock.now() - asked)).toBeLessThan(10_000);
    await expect(on).resolves.toMatchObject({ code: 'ABORTED' });
    await expect(log()).resolves.toBe('off\n');
  });

  test('a program that waits behind it is not begun', async () => {
    const board = open({ on: obedient, reset: sh('echo reset >> log') });
    const asked = [settled(board.on()), settled(board.reset())];
    await begun();
    await board.off();
    await expect(Promise.all(asked)).resolves.toMatchObject([{ code: 'ABORTED' }, { code: 'ABORTED' }]);
    await expect(log()).resolves.toBe('ended\noff\n');
  });

  test('a call after `off` runs after it', async () => {
    const board = open({ on: sh('echo on >> log') });
    await Promise.all([board.off(), board.on()]);
    await expect(log()).resolves.toBe('off\non\n');
  });

  test('an `off` is never ended, neither by `rest` nor by `close`', async () => {
    const board = open({ off: sh('echo > begun; sleep 0.2; echo off >> log') });
    const off = board.off();
    await begun();
    const rest = board.rest();
    await begun();
    await Promise.all([off, rest, board.close()]);
    await expect(log()).resolves.toBe('off\noff\n');
  });

  test('close ends a running program; later calls are refused', async () => {
    const board = open({ on: obedient });
    const on = settled(board.on());
    await begun();
    await board.close();
    await expect(log()).resolves.toBe('ended\n');
    await expect(on).resolves.toMatchObject({ code: 'ABORTED' });
    await expect(board.on()).rejects.toMatchObject({ code: 'CONTROL_FAILED' });
    await expect(board.off()).rejects.toMatchObject({ code: 'CONTROL_FAILED' });
    await board.close();
  });

  test('each program is reported when it starts and when it has ended', async () => {
    const reports: string[] = [];
    const board = openCommandControl({
      control: { driver: 'command', on: sh('echo $$ > pid'), off: ['true'], timeoutMs: 10_000 },
      cwd: folder,
      clock: systemClock,
      programs: { started: (pid) => reports.push(`+${pid}`), ended: (pid) => reports.push(`-${pid}`) },
    });
    await board.on();
    const pid = (await readFile(path.join(folder, 'pid'), 'utf8')).trim();
    expect(reports).toEqual([`+${pid}`, `-${pid}`]);
  });
});
