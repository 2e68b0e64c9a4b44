import { once } from 'node:events';
import { readFileSync } from 'node:fs';

import { execa } from 'execa';

import { bin, root } from '../harness/run/e2e/qualify.fixture.ts';

/** What a program has cost. `memoryMb`: of its largest process, by the kernel's account. */
export interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly memoryMb: number;
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

interface CostOptions {
  /** A file for GNU time's account. */
  readonly account: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** No command that is measured takes that long; what does, hangs. */
const LIMIT_MS = 60 * 60_000;

/** What a command of bc26-hil, and all that it waits for, has cost. */
export async function costOf(args: readonly string[], { account, env = {} }: CostOptions): Promise<Cost> {
  const { exitCode, stdout, stderr } = await execa(
    '/usr/bin/time',
    ['-f', '%e %U %S %M', '-o', account, process.execPath, bin, ...args],
    { cwd: root, env, reject: false, stdin: 'ignore', timeout: LIMIT_MS },
  );
  // GNU time writes a line of its own before, where the command did not end with 0.
  const figures = readFileSync(account, 'utf8').trim().split('\n').at(-1)!.split(' ').map(Number);
  const [seconds, user, system, kb] = figures as [number, number, number, number];
  return { seconds, cpuSeconds: user + system, memoryMb: Math.round(kb / 1024), exitCode, stdout, stderr };
}

/** Milliseconds from the start of a command of bc26-hil to the first byte that it prints. */
export async function msToFirstByte(args: readonly string[]): Promise<number> {
  const from = performance.now();
  const running = execa(process.execPath, [bin, ...args], { cwd: root, reject: false });
  await once(running.stdout, 'data');
  const ms = performance.now() - from;
  await running;
  return Math.round(ms);
}
