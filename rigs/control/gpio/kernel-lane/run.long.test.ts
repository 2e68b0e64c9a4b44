import { once } from 'node:events';
import path from 'node:path';

import { execa } from 'execa';

const run = path.join(import.meta.dirname, 'run.sh');

const buildLimitMs = 20 * 60_000;
const testLimitMs = 120_000;

beforeAll(() => execa(path.join(import.meta.dirname, 'build-kernel.sh')), buildLimitMs);

/** Runs a command on the lane's kernel. */
const inKernel = (command: readonly string[], deadlineS = 60) =>
  execa(run, command, { reject: false, env: { LANE_DEADLINE_S: String(deadlineS) } });

test(
  'the command runs on another kernel, in this folder and on the machine’s files, with its words as they are',
  async () => {
    const { stdout, exitCode } = await inKernel([
      'sh',
      '-c',
      'uname -r; pwd; printf "%s" "$1"',
      'sh',
      'a  b$HOME',
    ]);
    expect(stdout).toMatch(/^6\.1\.\d+\n/);
    expect(stdout.split('\n').slice(1)).toEqual([process.cwd(), 'a  b$HOME']);
    expect(exitCode).toBe(0);
  },
  testLimitMs,
);

test(
  'the command’s exit code is handed on',
  async () => {
    expect((await inKernel(['sh', '-c', 'exit 7'])).exitCode).toBe(7);
  },
  testLimitMs,
);

test(
  'what the command leaves running ends with it',
  async () => {
    const { stdout, exitCode, durationMs } = await inKernel(['sh', '-c', 'sleep 3600 & echo done; exit 3']);
    expect([stdout, exitCode]).toEqual(['done', 3]);
    expect(durationMs).toBeLessThan(30_000);
  },
  testLimitMs,
);

test(
  'a command that does not end is ended at the deadline, with the kernel',
  async () => {
    const { exitCode, stdout, stderr, durationMs } = await inKernel(
      ['sh', '-c', 'trap "" TERM INT; echo started; while :; do :; done'],
      10,
    );
    expect(exitCode).toBe(124);
    expect(stdout).toBe('started');
    expect(stderr).toContain('no end within 10 s');
    expect(durationMs).toBeLessThan(30_000);
  },
  testLimitMs,
);

test(
  'a signal to the lane ends the kernel, too',
  async () => {
    const lane = inKernel(['sh', '-c', 'echo started; exec sleep 3600']);
    await once(lane.stdout, 'data');
    lane.kill('SIGTERM');
    // Settles when the last process that holds the output has ended, so that a kernel left behind is a time-out.
    const { exitCode, stderr } = await lane;
    expect([exitCode, stderr]).toEqual([143, '']);
  },
  testLimitMs,
);
