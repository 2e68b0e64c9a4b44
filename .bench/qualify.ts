import path from 'node:path';

import type { Options, Row } from './bench.ts';
import { type Cost, costOf, msToFirstByte } from './cost.ts';

const rowOf = (what: string, { seconds, cpuSeconds, memoryMb, exitCode }: Cost): Row => ({
  command: what,
  'wall s': seconds.toFixed(1),
  'CPU s': cpuSeconds.toFixed(1),
  'memory MB': memoryMb,
  'exit code': exitCode ?? '',
});

/** Commands of every day, the emulated module with its boots and answers included. */
export async function measureQualify({ work, full }: Options): Promise<readonly Row[]> {
  const account = path.join(work, 'account');
  const judge = (name: string, more: readonly string[]): readonly string[] => [
    ...['qualify', '--no-latest', '--seed', '1', '--out', path.join(work, name), ...more],
  ];
  const commands: readonly (readonly [string, readonly string[]])[] = [
    ['--help', ['--help']],
    ['rigs', ['rigs']],
    ['at --rig emulated AT', ['at', '--rig', 'emulated', 'AT']],
    ['qualify, one clause', judge('clause', ['--profile', 'smoke', '--clause', 'CFG-MASK'])],
    ['qualify, smoke', judge('smoke', ['--profile', 'smoke'])],
    ...(full ? [['qualify, nightly', judge('nightly', ['--profile', 'nightly'])] as const] : []),
  ];
  const rows: Row[] = [];
  for (const [name, args] of commands) rows.push(rowOf(name, await costOf(args, { account })));
  rows.push({
    command: 'at, to its first byte',
    'wall s': ((await msToFirstByte(['at', '--rig', 'emulated', 'AT'])) / 1000).toFixed(1),
  });
  return rows;
}
