import { readFileSync } from 'node:fs';

import { jest } from '@jest/globals';

import { descendants, left } from './endings.fixture.ts';
import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { junitIn, recordIn, untilPrinted } from './qualify.fixture.ts';
import { jobOf } from './runner.fixture.ts';

jest.setTimeout(180_000);

let own: ForeignBoard;
beforeAll(async () => {
  own = await startForeignBoard();
});
afterAll(() => own.end());

type Job = ReturnType<typeof jobOf>;

/** The step that judges, once it has the module. */
async function underWay(job: Job) {
  const step = job.step('qualify');
  await untilPrinted(step.stderr, 'module 8637');
  return { step, all: [step.pid!, ...descendants(step.pid!)] };
}

/** Runs the step that always runs, and expects the board at rest. */
async function expectRest(job: Job): Promise<void> {
  const { exitCode, stdout } = await job.step('rest');
  expect({ exitCode, stdout: stdout.split('\n').at(-1) }).toEqual({
    exitCode: 0,
    stdout: 'bench-1: at rest',
  });
  expect(readFileSync(`${own.moduleDir}/powered`, 'latin1')).toBe('0\n');
}

describe("a runner's step", () => {
  test.each([
    ['github', 130],
    ['gitlab', 143],
    ['jenkins', 143],
  ] as const)(
    'of %s that is cancelled ends by itself, with a record, and leaves nothing behind',
    async (ci, exitCode) => {
      const job = jobOf(ci, own);
      const { step, all } = await underWay(job);
      expect(await job.cancel(step.pid!)).toEqual([]);
      expect((await step).exitCode).toBe(exitCode);
      expect(await left(all, 10_000)).toEqual([]);
      await expectRest(job);
      expect(recordIn(job.run)).toMatchObject({ state: 'interrupted', exitCode });
      junitIn(job.run);
    },
  );

  test('that hears no signal is killed; the step after it puts the board at rest and completes the record', async () => {
    const job = jobOf('github', own);
    const { step, all } = await underWay(job);
    all.forEach((pid) => process.kill(pid, 'SIGSTOP'));
    expect((await job.cancel(step.pid!)).length).toBeGreaterThanOrEqual(2);
    await step;
    expect(await left(all, 10_000)).toEqual([]);
    await expectRest(job);
    expect(recordIn(job.run)).toMatchObject({ state: 'failed', exitCode: 3 });
    junitIn(job.run);
  });

  test('whose folder a second job empties still leaves the board at rest, and the second job has it then', async () => {
    const job = jobOf('github', own);
    const { step, all } = await underWay(job);
    const cancelled = job.cancel(step.pid!);
    const second = jobOf('github', own, 2);
    const after = second.step('qualify', ['--clause', 'CFG-READ-0']);
    expect(await cancelled).toEqual([]);
    expect((await step).exitCode).toBe(130);
    expect(await left(all, 10_000)).toEqual([]);
    const { exitCode, stderr } = await after;
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(recordIn(second.run)).toMatchObject({ state: 'complete', exitCode: 0 });
    await expectRest(second);
  });
});
