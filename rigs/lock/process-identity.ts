import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What distinguishes a process from a later one with the same process id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since boot (field 22 of /proc/PID/stat, proc(5)). */
  readonly started: string;
  /** The first 1,000 characters of its command line. */
  readonly command: string;
}

/** Characters; keeps lock files small. */
const commandLimit = 1_000;

/** Group and start time of a process; undefined if it has ended. Fields 3, 5 and 22 of /proc/PID/stat (proc(5)). */
function readStat(pid: number): { readonly group: number; readonly started: string } | undefined {
  try {
    // The name, in brackets, may contain anything: the fields after it are split, from the third one on.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    const [state, group, started] = [fields[0], fields[2], fields[19]];
    if (state === 'Z' || state === 'X' || started === undefined) return undefined;
    return { group: Number(group), started };
  } catch {
    return undefined;
  }
}

/**
 * The process that has this process id now; undefined if there is none, if it is a zombie, or on systems without
 * /proc (not Linux).
 */
export function identityOf(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readStat(pid);
    if (!stat) return undefined;
    const { started } = stat;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
      .replaceAll('\0', ' ')
      .trim()
      .slice(0, commandLimit);
    return { pid, started, command };
  } catch {
    return undefined;
  }
}

/** The running processes of the group that `leader` leads, the leader first. */
export function groupOf(leader: ProcessIdentity): ProcessIdentity[] {
  const members = readdirSync('/proc')
    .filter(
      (name) =>
        /^\d+$/.test(name) && Number(name) !== leader.pid && readStat(Number(name))?.group === leader.pid,
    )
    .flatMap((name) => identityOf(Number(name)) ?? []);
  return [leader, ...members];
}

/** Whether the recorded process still runs: the same process, not a later one with its id. */
export function isStillRunning({ pid, started, command }: ProcessIdentity): boolean {
  const now = identityOf(pid);
  return now !== undefined && now.started === started && now.command === command;
}

/**
 * Names the space in which process ids and start times are unique: one boot of one machine, one PID namespace (a
 * container has its own). Undefined if that is unknown.
 */
export function processSpace(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}
