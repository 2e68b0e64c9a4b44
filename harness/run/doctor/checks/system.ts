import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
} from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

/** The machine as the checks see it. Paths are absolute, as a program on it would name them. */
export interface System {
  /** `process.version` without the `v`. */
  readonly node: string;
  /** `process.arch`. */
  readonly arch: string;
  readonly pid: number;
  /** What the machine's clock shows. */
  readonly now: () => Date;
  /** The first 64 KiB of a file (latin1), trimmed; undefined where it cannot be read. */
  read(file: string): string | undefined;
  /** The names in a folder, sorted; empty where it cannot be read. */
  list(folder: string): readonly string[];
  /** The path with every link resolved; undefined where it does not exist. */
  real(file: string): string | undefined;
  /** The target of one symbolic link; undefined where there is none that this user may read. */
  link(file: string): string | undefined;
  /** The same file's path for this process; differs where a test lays the machine out in a folder. */
  host(file: string): string;
  /** Whether this process may open the file for writing. */
  mayWrite(file: string): boolean;
  /** Whether systemd runs the unit; undefined where systemd does not answer. */
  isActive(unit: string): Promise<boolean | undefined>;
}

interface SystemOptions {
  /** A folder that takes the place of `/`, for tests. */
  readonly root?: string;
  /** The program called with `is-active UNIT`. */
  readonly systemctl?: string;
  /** Checks for write access; throws when it is refused. */
  readonly access?: (file: string) => void;
  readonly node?: string;
  readonly arch?: string;
  readonly now?: () => Date;
}

const READ_LIMIT = 65_536;

/** systemctl answers at once, or hangs when its bus does. */
const SYSTEMCTL_LIMIT_MS = 3_000;

/** Undefined where `act` fails: the file does not exist, or this user may not read it. */
function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** Files of /proc and /sys report size 0, so the content is read instead of the size. */
function readStart(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const buffer = Buffer.alloc(READ_LIMIT);
    return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, READ_LIMIT, 0)).trim();
  } finally {
    closeSync(descriptor);
  }
}

/** `is-active` exits 0 for an active unit, 3 or 4 for an inactive or unknown one (systemctl(1)). */
async function askSystemctl(systemctl: string, unit: string): Promise<boolean | undefined> {
  const { exitCode, stdout } = await execa(systemctl, ['is-active', unit], {
    reject: false,
    stdin: 'ignore',
    timeout: SYSTEMCTL_LIMIT_MS,
  });
  if (exitCode === 0) return true;
  // Where systemd is not the init process, it prints no state but an error to standard error.
  return exitCode !== undefined && /^[a-z-]+$/.test(stdout.trim()) ? false : undefined;
}

/** This machine or, with `root`, one that a test has laid out in a folder. */
export function createSystem(options: SystemOptions = {}): System {
  const { root = '/', systemctl = 'systemctl' } = options;
  const access = options.access ?? ((file: string) => accessSync(file, constants.W_OK));
  const base = attempt(() => realpathSync(root)) ?? root;
  const inside = (file: string): string => path.join(base, file);
  const outside = (file: string): string => (base === '/' ? file : file.slice(base.length) || '/');
  return {
    node: options.node ?? process.versions.node,
    arch: options.arch ?? process.arch,
    pid: process.pid,
    now: options.now ?? (() => new Date()),
    read: (file) => attempt(() => readStart(inside(file))),
    list: (folder) => attempt(() => readdirSync(inside(folder)).sort()) ?? [],
    real: (file) => attempt(() => outside(realpathSync(inside(file)))),
    link: (file) => attempt(() => readlinkSync(inside(file))),
    host: inside,
    mayWrite: (file) => attempt(() => (access(inside(file)), true)) ?? false,
    isActive: (unit) => askSystemctl(systemctl, unit),
  };
}
