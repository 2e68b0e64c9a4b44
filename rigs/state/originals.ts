import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { replaceFile, syncFolder } from '../../harness/base/replace-file.ts';
import { stateFolder } from './state-folder.ts';

const reading = z.object({ text: z.string().optional(), final: z.string() });

const original = z.object({
  schemaVersion: z.literal(1),
  imei: z.string().regex(/^\d{15}$/),
  revision: z.string(),
  /** The rig, the run's folder and the process that read it. */
  rig: z.string(),
  run: z.string(),
  by: z.string(),
  /** ISO 8601. */
  takenAt: z.string(),
  /** The values in use, as the read form shows them. */
  inUse: reading,
  /** The saved records by name, as the module shows them: of a private key its first four characters. */
  saved: z.record(z.string(), reading),
  /** Commands that switch on again what of power saving was on. */
  powerSaving: z.array(z.string()),
});

/**
 * What a module held before a run wrote to it for the first time. It is kept on disk until everything has been put back
 * and read back: while it is there, it is what the module is to be given back, whatever the module holds by then.
 */
export type Original = z.infer<typeof original>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the original of a module is kept: one file for each IMEI. */
export const originalFile = (imei: string, environment: Environment = process.env): string =>
  path.join(stateFolder(environment), 'originals', `${imei}.json`);

/**
 * The original of a module; undefined where none is kept.
 * @throws ORIGINAL_UNREADABLE: the file is damaged or cannot be read. Nothing may then be written to the module.
 */
export function readOriginal(imei: string, environment?: Environment): Original | undefined {
  const file = originalFile(imei, environment);
  try {
    return original.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const why = cause instanceof z.ZodError ? z.prettifyError(cause).split('\n')[0] : messageOf(cause);
    throw new HilError('ORIGINAL_UNREADABLE', `cannot read what module ${imei} held, ${file}: ${why}`, {
      remedy: 'repair the file, or give it up with `bc26-hil restore --rig … --abandon`',
      cause,
    });
  }
}

/**
 * Keeps the original of a module: the file and its folder are on the disk when this returns.
 * @throws ORIGINAL_NOT_KEPT
 */
export function keepOriginal(kept: Original, environment?: Environment): void {
  const file = originalFile(kept.imei, environment);
  try {
    replaceFile(file, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, folderToo: true });
  } catch (cause) {
    throw new HilError(
      'ORIGINAL_NOT_KEPT',
      `cannot keep what the module holds in ${file}: ${messageOf(cause)}`,
      {
        remedy: 'check the folder, its permissions and the free space; BC26_HIL_STATE names another folder',
        cause,
      },
    );
  }
}

/** Drops the original of a module, once all of it has been put back. @throws ORIGINAL_NOT_KEPT */
export function dropOriginal(imei: string, environment?: Environment): void {
  const file = originalFile(imei, environment);
  try {
    rmSync(file, { force: true });
    syncFolder(path.dirname(file));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new HilError('ORIGINAL_NOT_KEPT', `cannot remove ${file}: ${messageOf(cause)}`, {
      remedy: 'remove the file by hand: everything in it has been put back',
      cause,
    });
  }
}
