import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { messageOf } from '../../harness/base/error.ts';
import { type Items, untilAtRest, untilLeft } from '../../harness/run/e2e/random-endings.fixture.ts';
import type { Lane } from './lane.ts';

/**
 * What must not be there after a round, one sentence each.
 * @param held what the module held before it; undefined: nothing can be said of that
 */
export async function leftovers({ board, scene }: Lane, held: Items | undefined): Promise<readonly string[]> {
  const wrong: string[] = [];
  const gone = await untilLeft(scene).catch(() => scene.processes());
  if (gone.length > 0) wrong.push(`processes are left: ${gone.join(', ')}`);
  await untilAtRest(scene).catch((error: unknown) =>
    wrong.push(`the board is not at rest: ${messageOf(error)}`),
  );
  if (held && !isDeepStrictEqual(asShown(scene.held()), asShown(held)))
    wrong.push(`the module holds ${JSON.stringify(scene.held())}, not ${JSON.stringify(held)}`);
  const kept = filesBelow(path.join(board.out('state'), 'originals')).filter((file) =>
    file.endsWith('.json'),
  );
  if (kept.length > 0) wrong.push(`the module's configuration is still kept: ${kept.join(', ')}`);
  return wrong;
}

/**
 * What the module shows of what it holds. Where a firmware's erase does nothing, a run writes what reads like nothing: "NULL",
 * or the default mode.
 */
const asShown = (held: Items): object =>
  Object.fromEntries(
    Object.entries(held).filter(
      ([item, value]) => value !== 'NULL' && !(item === 'dm_enable' && value === '1'),
    ),
  );

/** What must not grow from round to round. */
export interface Sizes {
  readonly stateFiles: number;
  readonly stateKb: number;
  /** Of the emulated module's process. */
  readonly moduleDescriptors: number;
  readonly moduleMb: number;
  /** Of the soak itself, whose children have ended. */
  readonly ownDescriptors: number;
}

export function sizes({ board }: Lane): Sizes {
  const files = filesBelow(board.out('state'));
  const resident = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${board.pid}/status`, 'latin1'))?.[1];
  return {
    stateFiles: files.length,
    stateKb: Math.round(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1024),
    moduleDescriptors: readdirSync(`/proc/${board.pid}/fd`).length,
    moduleMb: Math.round(Number(resident) / 1024),
    ownDescriptors: readdirSync('/proc/self/fd').length,
  };
}

function filesBelow(dir: string): readonly string[] {
  try {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name));
  } catch {
    return [];
  }
}
