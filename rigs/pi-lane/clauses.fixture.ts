import path from 'node:path';

import { execa } from 'execa';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Every clause but those about the time of an answer, separated by commas: the emulation delays what the module sends by
 * more than the Pi inside can know.
 */
export async function clausesWithoutTimes(): Promise<string> {
  const { stdout } = await execa(process.execPath, ['harness/cli/bin.mjs', 'clauses'], { cwd: root });
  const ids = [...stdout.matchAll(/^([A-Z]+(?:-[\w]+)+) \(/gm)].map(([, id]) => id!);
  return ids.filter((id) => id !== 'CFG-TIME' && id !== 'EX-TIME').join(',');
}
