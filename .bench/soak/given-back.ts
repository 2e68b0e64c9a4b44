import { savedRecords } from '../../harness/cmdmp/records.ts';
import { run } from '../../harness/run/e2e/qualify.fixture.ts';
import { lastOf } from './judge.ts';
import type { Lane } from './lane.ts';

const queries = savedRecords.map(({ query }) => query);

/** What the module says it holds: the answers to all queries. */
export async function shown({ board, scene }: Lane): Promise<string> {
  const { stdout } = await run(['at', '--rig', scene.rig('bench'), ...queries], board.env());
  return String(stdout)
    .split('\n')
    .map((line) => line.replace(/ +\([\d.]+ ms\)$/, ''))
    .join('\n');
}

/**
 * Gives the module back what a run could not, as the next command on a mended firmware does.
 * @returns what went wrong
 */
export async function giveBack({ board, scene }: Lane): Promise<string | undefined> {
  const { exitCode, stdout, stderr } = await run(['restore', '--rig', scene.rig('bench')], board.env());
  return exitCode === 0 ? undefined : `restore ended ${exitCode}: ${lastOf(stdout, stderr)}`;
}
