import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { toMs } from '../../../../harness/base/clock.ts';
import type { Level, SimulatedChip } from './simulated-chip.fixture.ts';

/** A change of level as seen from outside: when the old level was seen last and the new one first, monotonic ns. */
export interface LevelChange {
  readonly level: Level;
  readonly last: bigint;
  readonly first: bigint;
}

/** A running watch of a line, from outside. */
export interface LevelWatch {
  /** Ends the watch; resolves with every change, oldest first. */
  changes(): Promise<LevelChange[]>;
}

/** Watches a line in a process of its own, about every millisecond; resolves when the watch has begun. */
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

/** The length of a pulse between two bounds, ms. */
export const pulseLength = (from: LevelChange, to: LevelChange) => ({
  atLeastMs: toMs(to.last - from.first),
  atMostMs: toMs(to.first - from.last),
});
