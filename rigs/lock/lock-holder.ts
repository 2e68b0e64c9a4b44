import { z } from 'zod';

import { escapeText } from '../../harness/base/escape.ts';
import { identityOf, isStillRunning, type ProcessIdentity, processSpace } from './process-identity.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const identity = z.object({ pid: z.int(), started: z.string().max(30), command: z.string().max(2_000) });

const holder = identity.extend({
  /** Where the numbers of the processes are valid; a holder elsewhere is never taken for dead. */
  space: z.string().max(200).optional(),
  /** ISO 8601, UTC. */
  since: z.string().max(100),
  rig: z.string().max(200),
  /** The CI job's address or name, where there is one. */
  job: z.string().max(500).optional(),
  /** Processes that hold the lock with it, and perhaps after it. */
  helpers: z.array(identity).max(100),
});

/** Who holds a board: the content of its lock files. The lock itself is the kernel's. */
export type LockHolder = z.output<typeof holder>;

/** The CI job this process belongs to, by the variables GitHub, GitLab and Jenkins set. */
function jobOf(environment: Environment): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  if (server && repository && run) return `${server}/${repository}/actions/runs/${run}`;
  return environment['CI_JOB_URL'] || environment['BUILD_URL'] || undefined;
}

/** This process as the holder of a rig's board. */
export const ownHolder = (rig: string, environment: Environment): LockHolder => ({
  ...(identityOf(process.pid) ?? { pid: process.pid, started: '', command: '' }),
  space: processSpace(),
  since: new Date().toISOString(),
  rig,
  job: jobOf(environment),
  helpers: [],
});

/** The holder in a lock file's text; undefined when there is none, or not yet a whole one. */
export function parseHolder(text: string): LockHolder | undefined {
  try {
    return holder.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether the holder itself is known to be gone, though the lock may be held on. */
const hasEnded = (held: LockHolder): boolean =>
  held.space !== undefined && held.space === processSpace() && !isStillRunning(held);

/**
 * What a holder that is gone has left running: those of its recorded helpers that are still the same processes.
 * None as long as the holder lives, or cannot be judged from here (another container).
 */
export const straysOf = (held: LockHolder): ProcessIdentity[] =>
  hasEnded(held) ? held.helpers.filter(isStillRunning) : [];

/** The holder for a person: who, since when, which job; a dead one's helpers, since they hold the lock then. */
export function describeHolder(held: LockHolder): string {
  const { pid, since, rig, job } = held;
  const strays = straysOf(held).map((stray) => stray.pid);
  const who = hasEnded(held)
    ? `what process ${pid} left behind (${strays.join(', ') || 'a child of it'})`
    : `process ${pid}`;
  return escapeText(`${who} for rig '${rig}' since ${since}${job ? `, job ${job}` : ''}`);
}
