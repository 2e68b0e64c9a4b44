import path from 'node:path';

import { execa } from 'execa';

/** The commit of this checkout (`-dirty` when files differ), or null where there is no git or no checkout. */
export async function currentCommit(): Promise<string | null> {
  const root = path.resolve(import.meta.dirname, '../../..');
  const { exitCode, stdout } = await execa(
    'git',
    ['describe', '--always', '--dirty', '--abbrev=12', '--match='],
    {
      cwd: root,
      reject: false,
      timeout: 5_000,
    },
  );
  return exitCode === 0 && stdout !== '' ? stdout : null;
}
