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

/** What the passive checks know of the machine. Paths are absolute, as a program on it would name them. */
export interface System {
  /** `process.version` without the `v`. */
  readonly node: string;
  /** `process.arch`. */
  readonly arch: string;
  readonly pid: number;
  /** The first 64 KiB of a file (latin1), without the blanks around it; undefined where it cannot be read. */
  read(file: string): string | undefined;
  /** The names in a folder, sorted; none where it cannot be read. */
  list(folder: string): readonly string[];
  /** Where a path leads, every link followed; undefined where it leads nowhere. */
  real(file: string): string | undefined;
  /** What one symbolic link says; undefined where there is none, or none this user may read. */
  link(file: string): string | undefined;
  /** The path by which this process finds the file. */
  host(file: string): string;
  /** Whether this process may open the file for writing. */
  mayWrite(file: string): boolean;
  /** Whether systemd runs the unit; undefined where there is no systemd to ask. */
  isActive(unit: string): Promise<boolean | undefined>;
}

interface SystemOptions {
  /** Stands in for `/`: a folder that a test has filled. */
  readonly root?: string;
  /** The program that is asked `is-active UNIT`. */
  readonly systemctl?: string;
  /** access(2) for writing; throws when it is refused. */
  readonly access?: (file: string) => void;
  readonly node?: string;
  readonly arch?: string;
}

const readLimit = 65_536;

/** systemctl answers at once, or hangs with its bus. */
const systemctlLimitMs = 3_000;

/** What fails tells nothing but "not there, or not for us", and that is the answer. */
function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** Files of /proc and /sys have no size: they are read, not asked how long they are. */
function readStart(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const buffer = Buffer.alloc(readLimit);
    return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, readLimit, 0)).trim();
  } finally {
    closeSync(descriptor);
  }
}

/** `is-active` exits 0 for an active unit, 3 or 4 for one that is not, or is not known (systemctl(1)). */
async function askSystemctl(systemctl: string, unit: string): Promise<boolean | undefined> {
  const { exitCode, stdout } = await execa(systemctl, ['is-active', unit], {
    reject: false,
    stdin: 'ignore',
    timeout: systemctlLimitMs,
  });
  if (exitCode === 0) return true;
  // Without systemd as init it prints no state, but complains on standard error.
  return exitCode !== undefined && /^[a-z-]+$/.test(stdout.trim()) ? false : undefined;
}

/** The machine itself or, with `root`, one that is laid out in a folder. */
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
    read: (file) => attempt(() => readStart(inside(file))),
    list: (folder) => attempt(() => readdirSync(inside(folder)).sort()) ?? [],
    real: (file) => attempt(() => outside(realpathSync(inside(file)))),
    link: (file) => attempt(() => readlinkSync(inside(file))),
    host: inside,
    mayWrite: (file) => attempt(() => (access(inside(file)), true)) ?? false,
    isActive: (unit) => askSystemctl(systemctl, unit),
  };
}
