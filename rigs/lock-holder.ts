import { z } from 'zod';
import { escapeText } from '../harness/base/escape.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Who holds a board: the content of its lock file. For people only; the lock itself is the kernel's. */
export interface Holder {
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly rig: string;
  /** The CI job's address or name, where there is one. */
  readonly job?: string | undefined;
  /** Processes that hold the lock with it, and perhaps after it. */
  readonly helpers: readonly number[];
}

const holder = z.object({
  pid: z.int(),
  since: z.string().max(100),
  rig: z.string().max(200),
  job: z.string().max(500).optional(),
  helpers: z.array(z.int()).max(100),
});

/** The CI job this process belongs to, by the variables GitHub, GitLab and Jenkins set. */
export function jobOf(environment: Environment): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  if (server && repository && run) return `${server}/${repository}/actions/runs/${run}`;
  return environment['CI_JOB_URL'] || environment['BUILD_URL'] || undefined;
}

/** The holder in a lock file's text; undefined when there is none, or not yet a whole one. */
export function parseHolder(text: string): Holder | undefined {
  try {
    return holder.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there, but another user's.
    return (error as { code?: unknown }).code === 'EPERM';
  }
};

/** The holder for a person: who, since when, which job; a dead one's helpers, since they hold the lock then. */
export function describeHolder({ pid, since, rig, job, helpers }: Holder, isAlive = alive): string {
  const who = isAlive(pid)
    ? `process ${pid}`
    : `what process ${pid} left behind (${helpers.filter(isAlive).join(', ') || 'a child of it'})`;
  return escapeText(`${who} for rig '${rig}' since ${since}${job ? `, job ${job}` : ''}`);
}
