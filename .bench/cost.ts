import { once } from 'node:events';
import { readFileSync } from 'node:fs';

import { execa } from 'execa';

import { bin, root } from './root.ts';

/** What a program has cost. `memoryMb`: of its largest process, by the kernel's account. */
export interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly memoryMb: number;
  readonly exitCode: number | undefined;
  readonly stdout: string;
}

/** GNU time's account of a command of bc26-hil and of all that it waits for. */
export async function costOf(args: readonly string[], account: string): Promise<Cost> {
  const { exitCode, stdout } = await execa(
    '/usr/bin/time',
    ['-f', '%e %U %S %M', '-o', account, process.execPath, bin, ...args],
    { cwd: root, reject: false },
  );
  const figures = readFileSync(account, 'utf8').trim().split('\n').at(-1)!.split(' ').map(Number);
  const [seconds, user, system, kb] = figures as [number, number, number, number];
  return { seconds, cpuSeconds: user + system, memoryMb: Math.round(kb / 1024), exitCode, stdout };
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
