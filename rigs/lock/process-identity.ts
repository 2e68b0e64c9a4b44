import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What tells a process from a later one that was given the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in clock ticks since the boot (field 22 of /proc/PID/stat, proc(5)). */
  readonly started: string;
  /** Its arguments as the kernel keeps them, the first 1,000 characters. */
  readonly command: string;
}

/** Longer command lines are told apart by their beginnings; a lock file stays small. */
const commandLimit = 1_000;

/** State, group and start of a process that runs: fields 3, 5 and 22 of /proc/PID/stat (proc(5)). */
function statOf(pid: number): { readonly group: number; readonly started: string } | undefined {
  try {
    // The name, in brackets, may hold anything: fields are counted from behind it, where the third one is.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    const [state, group, started] = [fields[0], fields[2], fields[19]];
    if (state === 'Z' || state === 'X' || started === undefined) return undefined;
    return { group: Number(group), started };
  } catch {
    return undefined;
  }
}

/**
 * The process that has this number now; undefined when there is none, or only one that has ended and was not
 * collected. Where there is no /proc (not Linux) nothing is known of any.
 */
export function identityOf(pid: number): ProcessIdentity | undefined {
  try {
    const stat = statOf(pid);
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

/** The processes of the group that `leader` leads, itself first: those that run now. */
export function groupOf(leader: ProcessIdentity): ProcessIdentity[] {
  const members = readdirSync('/proc')
    .filter(
      (name) =>
        /^\d+$/.test(name) && Number(name) !== leader.pid && statOf(Number(name))?.group === leader.pid,
    )
    .flatMap((name) => identityOf(Number(name)) ?? []);
  return [leader, ...members];
}

/** Whether the process that was recorded still runs, and is no other. */
export function isStillRunning({ pid, started, command }: ProcessIdentity): boolean {
  const now = identityOf(pid);
  return now !== undefined && now.started === started && now.command === command;
}

/**
 * Where numbers and start times of processes mean the same: one boot of one machine, one PID namespace (a container
 * has its own). Undefined where that cannot be told.
 */
export function processSpace(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}
