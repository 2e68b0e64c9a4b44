import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { signalGroup } from '../../../rigs/control/programs/process-group.ts';
import { type Clock, toNs } from '../../base/clock.ts';

/** A killed process is gone within milliseconds, unless it runs as another user or hangs in a driver. */
const killedLimitMs = 1_000;
/** Nothing tells when a process ends that is not our child. */
const lookEveryMs = 10;

/** The process groups in which something still runs: state and group are fields 3 and 5 of /proc/PID/stat. */
function livingGroups(): Set<number> {
  const groups = new Set<number>();
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      // The name, in brackets, may hold anything.
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
      if (fields[0] !== 'Z' && fields[0] !== 'X') groups.add(Number(fields[2]));
    } catch {
      // It ended while we looked.
    }
  }
  return groups;
}

/** Kills the process groups and waits until they have ended, 1 s at most; returns those that have not. */
export async function killPrograms(groups: readonly number[], clock: Clock): Promise<readonly number[]> {
  groups.forEach((group) => signalGroup(group, 'SIGKILL'));
  const deadline = clock.now() + toNs(killedLimitMs);
  for (;;) {
    const living = groups.length > 0 ? livingGroups() : new Set<number>();
    const left = groups.filter((group) => living.has(group));
    if (left.length === 0 || clock.now() >= deadline) return left;
    await sleep(lookEveryMs);
  }
}
