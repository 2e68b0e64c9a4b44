import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Clock, systemClock, toMs } from '../../harness/base/clock.ts';
import type { HilError } from '../../harness/base/error.ts';
import { isAlive } from '../../harness/base/is-alive.fixture.ts';
import { ManualClock } from '../../harness/base/manual-clock.fixture.ts';
import { until } from '../../harness/base/until.fixture.ts';
import type { CommandKeys } from '../file/rig-file.ts';
import { openCommandControl } from './command-control.ts';
import type { Control } from './control.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'command-'));
});
afterAll(() => rm(folder, { recursive: true }));

const open = (commands: Partial<CommandKeys>, clock: Clock = systemClock): Control =>
  openCommandControl({
    control: { driver: 'command', on: ['true'], off: ['true'], timeoutMs: 10_000, ...commands },
    cwd: folder,
    clock,
  });

const failureOf = (promise: Promise<unknown>): Promise<HilError> =>
  promise.then(
    () => {
      throw new Error('it was expected to fail');
    },
    (error: HilError) => error,
  );

describe('a board driven by programs', () => {
  test('runs them in the folder of the rig file, arguments untouched by any shell', async () => {
    await writeFile(path.join(folder, 'relay.sh'), '#!/bin/sh\nprintf "%s|" "$@" > said\n', { mode: 0o755 });
    await open({ on: ['./relay.sh', '$HOME; true', "it's"] }).on();
    await expect(readFile(path.join(folder, 'said'), 'utf8')).resolves.toBe("$HOME; true|it's|");
  });

  test('passes them the lock of the board, which stays held while they run', async () => {
    const file = path.join(folder, 'board.lock');
    const lock = openSync(file, 'w');
    spawnSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', lock] });
    const begun = path.join(folder, 'has-the-lock');
    spawnSync('mkfifo', [begun]);
    const board = openCommandControl({
      control: {
        driver: 'command',
        on: ['sh', '-c', `echo > '${begun}'; sleep 60`],
        off: ['true'],
        timeoutMs: 90_000,
      },
      cwd: folder,
      clock: systemClock,
      lockDescriptors: [lock],
    });
    const on = board.on().catch((error: HilError) => error.code);
    await readFile(begun);
    closeSync(lock);
    const isFree = (): boolean => spawnSync('flock', ['-n', file, 'true']).status === 0;
    expect(isFree()).toBe(false);
    await board.off();
    await expect(on).resolves.toBe('ABORTED');
    // It has closed its output, and is about to close the lock.
    await until(isFree, Boolean);
  });

  test('rest is off', async () => {
    await open({ off: ['touch', 'off-was-run'] }).rest();
    await expect(readFile(path.join(folder, 'off-was-run'))).resolves.toHaveLength(0);
  });

  test('has the capabilities that the rig file gives programs for', () => {
    expect(open({}).capabilities).toEqual({
      powerKey: false,
      reset: false,
      supplyCut: true,
      powered: false,
      truth: false,
    });
    expect(open({ reset: ['true'], powerKey: ['true'], powered: ['true'] }).capabilities).toMatchObject({
      powerKey: true,
      reset: true,
      powered: true,
    });
  });

  test('refuses an action without a program; the error names its key', async () => {
    await expect(open({}).reset()).rejects.toMatchObject({
      code: 'CONTROL_FAILED',
      message: expect.stringContaining('control.reset') as string,
    });
  });

  test('a program that fails is named, with its exit code and its output, escaped', async () => {
    const { code, message } = await failureOf(
      open({ on: ['sh', '-c', 'echo first; printf "no relay \\033[31m" >&2; exit 3'] }).on(),
    );
    expect(code).toBe('CONTROL_FAILED');
    expect(message).toContain('control.on');
    expect(message).toContain('exit code 3');
    expect(message).toContain('no relay \\x1b[31m');
  });

  test('a missing program is named', async () => {
    const { code, message } = await failureOf(open({ on: ['./no-such-program'] }).on());
    expect(code).toBe('CONTROL_FAILED');
    expect(message).toMatch(/no-such-program.*ENOENT/s);
  });

  test('a program that prints much is read to its end; the message shows the end', async () => {
    const script = 'head -c 3000000 /dev/zero | tr "\\0" x; echo the end; exit 1';
    const { message } = await failureOf(open({ on: ['sh', '-c', script] }).on());
    expect(message).toContain('the end');
    expect(message.length).toBeLessThan(2_500);
  });

  test('a program that takes too long is killed with its children', async () => {
    const waits = path.join(folder, 'waits');
    spawnSync('mkfifo', [waits]);
    const script = 'sleep 60 & echo $! > child; echo waiting; echo > waits; wait';
    const clock = new ManualClock();
    const failure = failureOf(open({ on: ['sh', '-c', script], timeoutMs: 500 }, clock).on());
    await readFile(waits);
    const late = systemClock.now();
    clock.advance(500);
    const { code, message } = await failure;
    expect(code).toBe('CONTROL_TIMEOUT');
    expect(message).toContain('500 ms');
    expect(message).toContain('waiting');
    expect(toMs(systemClock.now() - late)).toBeLessThan(10_000);
    const child = Number(await readFile(path.join(folder, 'child'), 'utf8'));
    // Its output has ended, but the kernel may need a moment to remove it.
    await until(
      () => isAlive(child),
      (alive) => !alive,
    );
  });

  test.each([
    ['true', true],
    ['false', false],
  ])('powered: %s means %s', async (program, powered) => {
    await expect(open({ powered: [program] }).powered()).resolves.toBe(powered);
  });

  test('powered: any other exit code is a failure', async () => {
    await expect(open({ powered: ['sh', '-c', 'exit 2'] }).powered()).rejects.toMatchObject({
      code: 'CONTROL_FAILED',
    });
  });

  test('powered: undefined without a program', async () => {
    await expect(open({}).powered()).resolves.toBeUndefined();
  });
});
