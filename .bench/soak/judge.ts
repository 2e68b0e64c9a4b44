import { readFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import { recordIn } from '../../harness/run/e2e/qualify.fixture.ts';
import { bin, root } from '../root.ts';
import type { Lane } from './lane.ts';

/** A qualification to its end. `memoryMb`: of its largest process. */
export interface Judged {
  readonly exitCode: number | undefined;
  readonly failed: readonly string[];
  readonly memoryMb: number;
  /** The last lines of what it said. */
  readonly said: string;
}

/** Runs `qualify` on the lane's board, by GNU time for its memory. */
export async function judge(
  { board, scene }: Lane,
  out: string,
  clauses: string,
  seed: number,
): Promise<Judged> {
  const account = board.out('account');
  const options = [
    '--profile',
    'nightly',
    '--clause',
    clauses,
    '--seed',
    String(seed),
    '--no-latest',
    '--out',
    out,
  ];
  const { exitCode, stdout, stderr } = await execa(
    '/usr/bin/time',
    ['-f', '%M', '-o', account, process.execPath, bin, 'qualify', '--rig', scene.rig('bench'), ...options],
    { cwd: root, env: board.env(), reject: false, stdin: 'ignore' },
  );
  // GNU time writes a line of its own before, where the command did not end with 0.
  const kb = Number(readFileSync(account, 'utf8').trim().split('\n').at(-1));
  return {
    exitCode,
    failed: failedIn(out),
    memoryMb: Math.round(kb / 1024),
    said: lastOf(stdout, stderr),
  };
}

/** The last lines of what a program said, in one. */
export const lastOf = (...texts: readonly unknown[]): string =>
  texts.join('\n').trim().split('\n').slice(-8).join(' / ');

function failedIn(out: string): readonly string[] {
  try {
    return recordIn(path.resolve(out))
      .clauses.filter(({ verdict }) => verdict === 'fail')
      .map(({ id }) => id);
  } catch {
    return [];
  }
}
