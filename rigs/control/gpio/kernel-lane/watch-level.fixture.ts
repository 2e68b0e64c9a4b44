import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { toMs } from '../../../../harness/base/clock.ts';
import type { Level, SimulatedChip } from './simulated-chip.fixture.ts';

/** A change of level as the far end saw it: when it saw the old level last and the new one first, monotonic ns. */
export interface LevelChange {
  readonly level: Level;
  readonly last: bigint;
  readonly first: bigint;
}

/** Somebody who looks at the far end of a line. */
export interface LevelWatch {
  /** Ends the watch: every change there was, oldest first. */
  changes(): Promise<LevelChange[]>;
}

/** Watches a line from a process of its own, about every millisecond; resolves when it watches. */
export async function watchLevel(chip: SimulatedChip, line: number): Promise<LevelWatch> {
  const program = path.join(import.meta.dirname, 'level-watcher.fixture.mjs');
  const watcher = spawn(process.execPath, [program, chip.levelFile(line)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seen: string[] = [];
  const lines = createInterface(watcher.stdout);
  lines.on('line', (text) => seen.push(text));
  await once(lines, 'line', { signal: AbortSignal.timeout(10_000) });
  return {
    changes: async () => {
      const closed = once(lines, 'close');
      watcher.kill();
      await closed;
      return seen.slice(1).map(changeOf);
    },
  };
}

function changeOf(text: string): LevelChange {
  const [level, last = '', first = ''] = text.split(' ');
  return { level: level === '1' ? 1 : 0, last: BigInt(last), first: BigInt(first) };
}

/** How long a pulse lasted, as far as the looks can tell: ms, at least and at most. */
export const lengthOf = (from: LevelChange, to: LevelChange) => ({
  atLeastMs: toMs(to.last - from.first),
  atMostMs: toMs(to.first - from.last),
});
