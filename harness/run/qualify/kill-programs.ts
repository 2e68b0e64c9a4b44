import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { signalGroup } from '../../../rigs/control/programs/process-group.ts';
import { type Clock, toNs } from '../../base/clock.ts';

/** A killed process ends within milliseconds, unless it runs as another user or hangs in a driver. */
const KILLED_LIMIT_MS = 1_000;
/** The end of a process that is not a child has no event. */
const CHECK_EVERY_MS = 10;

/** The process groups with a running process: state and group are fields 3 and 5 of /proc/PID/stat (proc(5)). */
function livingGroups(): Set<number> {
  const groups = new Set<number>();
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      // Field 2, the name in brackets, may contain blanks and brackets.
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
      if (fields[0] !== 'Z' && fields[0] !== 'X') groups.add(Number(fields[2]));
    } catch {
      // It ended in the meantime.
    }
  }
  return groups;
}

/** Kills the process groups and waits until they have ended, 1 s at most; returns those that have not. */
export async function killPrograms(groups: readonly number[], clock: Clock): Promise<readonly number[]> {
  groups.forEach((group) => signalGroup(group, 'SIGKILL'));
  const deadline = clock.now() + toNs(KILLED_LIMIT_MS);
  for (;;) {
    const living = groups.length > 0 ? livingGroups() : new Set<number>();
    const left = groups.filter((group) => living.has(group));
    if (left.length === 0 || clock.now() >= deadline) return left;
    await sleep(CHECK_EVERY_MS);
  }
}
