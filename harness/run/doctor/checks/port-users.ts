import { escapeText } from '../../../base/escape.ts';
import { broken, type Finding, note, ok } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { rigPortOf } from './rig-port.ts';
import type { System } from './system.ts';

interface PortUser {
  readonly pid: string;
  readonly name: string;
  /** Whether it holds the lock (flock) that serialport, picocom and flock(1) respect. */
  readonly locks: boolean;
}

/** `1: FLOCK  ADVISORY  WRITE 1234 00:05:91 0 EOF` (proc_locks(5)): the process is the fifth word. */
const lockHolders = (locks: string): ReadonlySet<string> =>
  new Set(
    locks
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, kind]) => kind === 'FLOCK')
      .map(([, , , , pid = '']) => pid),
  );

interface Scan {
  readonly users: readonly PortUser[];
  /** How many processes have open files that this user may not see. */
  readonly unseen: number;
}

/** A program that made a pseudo-terminal (an emulator, socat) keeps both of its ends open. */
const isOtherEnd = (device: string, opened: readonly (string | undefined)[]): boolean =>
  device.startsWith('/dev/pts/') && opened.some((file) => file?.endsWith('/ptmx'));

/** Looks through every process's open files for the device. */
function scan(system: System, device: string): Scan {
  const holders = lockHolders(system.read('/proc/locks') ?? '');
  const users: PortUser[] = [];
  let unseen = 0;
  for (const pid of system.list('/proc').filter((name) => /^\d+$/.test(name))) {
    if (pid === String(system.pid)) continue;
    const files = system.list(`/proc/${pid}/fd`);
    // A process with a command line and no visible files belongs to another user. Kernel threads have neither.
    if (files.length === 0 && system.read(`/proc/${pid}/cmdline`)) unseen++;
    const opened = files.map((file) => system.link(`/proc/${pid}/fd/${file}`));
    if (!opened.includes(device) || isOtherEnd(device, opened)) continue;
    const name = escapeText((system.read(`/proc/${pid}/comm`) ?? '?').slice(0, 40));
    users.push({ pid, name, locks: holders.has(pid) });
  }
  return { users, unseen };
}

const foundUser = (device: string, { pid, name, locks }: PortUser): Finding =>
  locks
    ? broken(
        'port-users',
        `process ${pid} (${name}) has ${device} open and locked`,
        `end it or wait for its end; ps -fp ${pid} shows it`,
      )
    : broken(
        'port-users',
        `process ${pid} (${name}) has ${device} open without a lock: it takes bytes of the answers`,
        `end it; ps -fp ${pid} shows it`,
      );

/**
 * Checks for programs that have the port open. serialport's lock (flock) keeps out only programs that use it; a login
 * prompt, ModemManager, minicom and `cat` do not (PI.md §3.1).
 */
export const portUsers: Check = (system, rig) => {
  const port = rigPortOf(system, rig);
  if (port?.real === undefined) return [];
  const device = port.real;
  const { users, unseen } = scan(system, device);
  if (users.length > 0) return users.map((user) => foundUser(device, user));
  if (unseen === 0) return [ok('port-users', `no other program has ${device} open`)];
  const what = `no program that this user can see has ${device} open; the files of ${unseen} processes of other users are hidden (run as root to see them)`;
  return [note('port-users', what)];
};
