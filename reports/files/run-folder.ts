import { existsSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { hasCode, HilError, messageOf } from '../../harness/base/error.ts';
import { makeFolder } from '../../harness/base/make-folder.ts';

/** The paths of a run's files; all absolute. */
export interface RunFolder {
  readonly dir: string;
  readonly record: string;
  readonly junit: string;
  /** The page of the run. */
  readonly page: string;
  /** The summary for CI, in Markdown. */
  readonly summary: string;
  readonly trace: string;
  /** The clauses and tests that the trace speaks of. */
  readonly plan: string;
  readonly log: string;
  /** What Jest printed. */
  readonly jestLog: string;
  /** The packets between module and test platform; only if the rig has a platform. */
  readonly packets: string;
}

interface RunFolderOptions {
  /** The reports folder of the project, which holds `runs/` and `latest`. */
  readonly reports: string;
  readonly rig: string;
  readonly startedAt: Date;
  /** The folder chosen with `--out`, instead of `runs/<time>-<rig>`. */
  readonly out?: string | null;
  /** Whether `latest` is pointed at it; yes unless told. */
  readonly latest?: boolean;
  /** Called with the reason if `latest` could not be pointed at a folder chosen with `--out`. */
  readonly unlinked?: (why: string) => void;
}

export const filesOf = (dir: string): RunFolder => ({
  dir,
  record: path.join(dir, 'run.json'),
  junit: path.join(dir, 'junit.xml'),
  page: path.join(dir, 'report.html'),
  summary: path.join(dir, 'summary.md'),
  trace: path.join(dir, 'trace.jsonl'),
  plan: path.join(dir, 'plan.json'),
  log: path.join(dir, 'log.jsonl'),
  jestLog: path.join(dir, 'jest.log'),
  packets: path.join(dir, 'platform.pcap'),
});

/** The files that exist in this run's folder. */
export const existingFiles = ({
  record,
  page,
  junit,
  summary,
  trace,
  plan,
  log,
  packets,
  jestLog,
}: RunFolder): string[] =>
  [record, page, junit, summary, trace, plan, log, packets, jestLog].filter((file) => existsSync(file));

/** `2026-01-31T09-05-07Z`: sorts by time and is valid in every file system. */
export const stamp = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;

/** A rig's name as part of a folder's name. */
const fileSafe = (name: string): string => name.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 60);

/** Selects the folder names that may be runs of the rig, oldest first. */
export const foldersOfRig = (names: readonly string[], rig: string): string[] =>
  names
    .filter((name) => {
      const of = name.replace(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-/, '');
      const safe = fileSafe(rig);
      return (
        of !== name && (of === safe || (of.startsWith(`${safe}-`) && /^-\d+$/.test(of.slice(safe.length))))
      );
    })
    .sort();

const failed = (what: string, cause: unknown): HilError =>
  new HilError('FOLDER_UNUSABLE', `${what}: ${messageOf(cause)}`, {
    remedy: 'check the folder and its permissions, or choose another with --out',
    cause,
  });

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** Makes a new folder: two runs in the same second get two folders. */
function makeNew(base: string): string {
  makeFolder(path.dirname(base));
  for (let number = 1; ; number++) {
    const dir = number === 1 ? base : `${base}-${number}`;
    try {
      mkdirSync(dir);
      return dir;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** Whether a folder holds the record or the trace of a run. */
export function holdsRun(dir: string): boolean {
  const { record, trace } = filesOf(dir);
  return existsSync(record) || existsSync(trace);
}

/**
 * Refuses a folder chosen with `--out` in which no run can be kept; makes nothing.
 * @throws USAGE when it holds a run, FOLDER_UNUSABLE when it is no folder
 */
export function checkChosen(out: string): void {
  const dir = path.resolve(out);
  if (make(() => statSync(dir, { throwIfNoEntry: false }))?.isDirectory() === false)
    throw failed('cannot make the run folder', new HilError('FOLDER_UNUSABLE', `${dir} is not a folder`));
  // An existing trace is continued, so two runs in one folder would look like one run.
  if (holdsRun(dir)) {
    throw new HilError('USAGE', `${dir} already holds a run`, {
      remedy: 'choose an empty folder with --out',
    });
  }
}

function makeChosen(out: string): string {
  checkChosen(out);
  const dir = path.resolve(out);
  makeFolder(dir);
  return dir;
}

/** Points `reports/latest` at a run, in one step. */
function pointLatestAt(reports: string, dir: string): void {
  const link = path.join(reports, 'latest');
  const draft = `${link}.${process.pid}.tmp`;
  try {
    makeFolder(reports);
    rmSync(draft, { force: true });
    symlinkSync(path.relative(reports, dir), draft, 'dir');
    renameSync(draft, link);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new HilError('FOLDER_UNUSABLE', `cannot point ${link} at the run: ${messageOf(cause)}`, {
      remedy: 'remove what is there, or choose the run folder with --out',
      cause,
    });
  }
}

/** Reports every other error as FOLDER_UNUSABLE. */
function make<Made>(act: () => Made): Made {
  try {
    return act();
  } catch (error) {
    if (hasCode(error, 'USAGE') || hasCode(error, 'FOLDER_UNUSABLE')) throw error;
    throw failed('cannot make the run folder', error);
  }
}

/** Writes a file into the folder and removes it: permissions alone do not tell, as on a full or read-only disk. */
function checkWritable(dir: string): void {
  const probe = path.join(dir, `.${process.pid}.tmp`);
  try {
    writeFileSync(probe, 'x', { flag: 'wx' });
  } finally {
    rmSync(probe, { force: true });
  }
}

function makeRunFolder({ reports, rig, startedAt, out }: RunFolderOptions): string {
  const dir = out
    ? makeChosen(out)
    : makeNew(path.resolve(reports, 'runs', `${stamp(startedAt)}-${fileSafe(rig)}`));
  checkWritable(dir);
  return dir;
}

/**
 * Makes the folder of a run and points `latest` at it. With `out`, a failing link is no error.
 * @throws USAGE if `out` holds a run; FOLDER_UNUSABLE if the folder or the link cannot be made or written
 */
export const createRunFolder = (options: RunFolderOptions): RunFolder =>
  make(() => {
    const dir = makeRunFolder(options);
    try {
      if (options.latest !== false) pointLatestAt(path.resolve(options.reports), dir);
    } catch (error) {
      if (!options.out) throw error;
      options.unlinked?.(messageOf(error));
    }
    return filesOf(dir);
  });

/**
 * Makes a folder that will hold no run, e.g. for the doctor: `latest` keeps pointing at a run.
 * @throws as `createRunFolder`
 */
export const createSideFolder = (options: RunFolderOptions): RunFolder =>
  make(() => filesOf(makeRunFolder(options)));
