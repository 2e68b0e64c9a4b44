import { z } from 'zod';

import { escapeText } from '../../harness/base/escape.ts';
import { identityOf, isStillRunning, type ProcessIdentity, processSpace } from './process-identity.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const identitySchema = z.object({
  pid: z.int(),
  started: z.string().max(30),
  command: z.string().max(2_000),
});

const holderSchema = identitySchema.extend({
  /** Where the process ids are valid (`processSpace`). A holder of another space is never considered dead. */
  space: z.string().max(200).optional(),
  /** ISO 8601, UTC. */
  since: z.string().max(100),
  rig: z.string().max(200),
  /** The CI job's address or name, if there is one. */
  job: z.string().max(500).optional(),
  /** Processes that hold the lock too, and may outlive the holder. */
  helpers: z.array(identitySchema).max(100),
});

/** The process that holds a board: the content of its lock files. The lock itself is the kernel's. */
export type LockHolder = z.output<typeof holderSchema>;

/** The CI job of this process, from the variables that GitHub, GitLab and Jenkins set. */
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

/** Parses a lock file's text; undefined if it holds no complete record. */
export function parseHolder(text: string): LockHolder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether the holder's process has ended for certain; its helpers may still hold the lock. */
const hasEnded = (holder: LockHolder): boolean =>
  holder.space !== undefined && holder.space === processSpace() && !isStillRunning(holder);

/**
 * Helpers that still run although their holder has ended. None while the holder runs, or if that cannot be known from
 * here (another container).
 */
export const straysOf = (holder: LockHolder): ProcessIdentity[] =>
  hasEnded(holder) ? holder.helpers.filter(isStillRunning) : [];

/** Describes a holder: process, rig, since when, CI job. If it has ended, names the helpers that still hold the lock. */
export function describeHolder(holder: LockHolder): string {
  const { pid, since, rig, job } = holder;
  const strays = straysOf(holder).map((stray) => stray.pid);
  const who = hasEnded(holder)
    ? `what process ${pid} left behind (${strays.join(', ') || 'a child of it'})`
    : `process ${pid}`;
  return escapeText(`${who} for rig '${rig}' since ${since}${job ? `, job ${job}` : ''}`);
}
