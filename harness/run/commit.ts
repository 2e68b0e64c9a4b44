import path from 'node:path';

import { execa } from 'execa';

/** The commit of this checkout (`-dirty` when files differ); null without git or outside a checkout. */
export async function currentCommit(): Promise<string | null> {
  const options = ['describe', '--always', '--dirty', '--abbrev=12', '--match='];
  const cwd = path.resolve(import.meta.dirname, '../..');
  const { exitCode, stdout } = await execa('git', options, { cwd, reject: false, timeout: 5_000 });
  return exitCode === 0 && stdout !== '' ? stdout : null;
}
