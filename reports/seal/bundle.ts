import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { replaceFile } from '../files/replace-file.ts';
import { readSeal, sealName, signatureName } from './seal.ts';
import { signFile } from './signature.ts';

/** Unpacked, a bundle is at most so large, bytes: a trace of ten million lines has two gigabytes. */
const mostBytes = 4e9;

/**
 * Packs a run folder with its seal into one archive, signed if a key is given.
 * @param to the archive, `.tar.gz`; must not exist
 * @throws RUN_UNSEALED, KEY_UNUSABLE, REPORT_FAILED
 */
export async function packRun(dir: string, to: string, keyFile?: string): Promise<void> {
  if (existsSync(to))
    throw new HilError('USAGE', `${to} exists already`, { remedy: 'choose another file with --out' });
  const names = Object.keys(readSeal(dir).files);
  const signature = path.join(dir, signatureName);
  if (keyFile !== undefined) replaceFile(signature, `${signFile(path.join(dir, sealName), keyFile)}\n`);
  const { create } = await import('tar');
  try {
    await create(
      { gzip: true, file: to, cwd: dir, portable: true, prefix: path.basename(path.resolve(dir)) },
      [...names, sealName, ...(existsSync(signature) ? [signatureName] : [])],
    );
  } catch (cause) {
    rmSync(to, { force: true });
    throw new HilError('REPORT_FAILED', `cannot write ${to}: ${messageOf(cause)}`, {
      remedy: 'check the folder, its permissions and the free space',
      cause,
    });
  }
}

/**
 * Unpacks an archive into a folder of its own, and gives it away again.
 * @param use gets the run folder in it
 * @throws BUNDLE_UNREADABLE
 */
export async function withUnpacked<Result>(
  file: string,
  use: (dir: string) => Result | Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-bundle-'));
  try {
    await unpack(file, folder);
    const [name, ...more] = readdirSync(folder);
    if (name === undefined || more.length > 0) throw unreadable(file, 'it does not hold one run');
    return await use(path.join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const unreadable = (file: string, what: string, cause?: unknown): HilError =>
  new HilError('BUNDLE_UNREADABLE', `${file}: ${what}`, {
    remedy: 'name an archive that `bundle` made, or the folder of a run',
    cause,
  });

/** Only regular files are unpacked; tar itself keeps to the folder. */
async function unpack(file: string, folder: string): Promise<void> {
  const { extract } = await import('tar');
  let left = mostBytes;
  let tooLarge = false;
  try {
    await extract({
      file,
      cwd: folder,
      strict: true,
      filter: (_, entry) => {
        if ('type' in entry && !['File', 'OldFile', 'Directory'].includes(entry.type)) return false;
        left -= entry.size ?? 0;
        tooLarge ||= left < 0;
        return !tooLarge;
      },
    });
  } catch (cause) {
    throw unreadable(file, messageOf(cause), cause);
  }
  if (tooLarge) throw unreadable(file, `unpacked, it is larger than ${mostBytes / 1e9} GB`);
}
