import { readdirSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { readFileWithin } from '../../harness/base/read-file-within.ts';
import { writeJson } from '../files/replace-file.ts';
import { filesOf, holdsRun } from '../files/run-folder.ts';
import { hashFile } from './hash-file.ts';
import { chainOf } from './trace-chain.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const sealSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** By the file's path in the run folder. */
  files: z.record(z.string(), z.strictObject({ bytes: z.number(), sha256 })),
  /** See `trace-chain.ts`; absent without a trace. */
  trace: z.strictObject({ lines: z.number(), links: z.array(sha256) }).optional(),
});

/** What a run folder held when the run had ended. */
export type Seal = z.infer<typeof sealSchema>;

export const sealName = 'seal.json';
export const signatureName = 'seal.sig';
/** Not part of what is sealed: the seal itself. */
const ownFiles = new Set([sealName, signatureName]);

/** The files of a run folder, folders in it included, by their paths in it. */
export const sealedNames = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    // A file that is being replaced.
    .filter((name) => !ownFiles.has(name) && !name.endsWith('.tmp'))
    .sort();

/**
 * Writes `seal.json`: the SHA-256 of each file of a run that has ended, and the chain of its trace.
 * @throws REPORT_FAILED
 */
export function sealRun(dir: string): void {
  try {
    const names = sealedNames(dir);
    const seal: Seal = {
      schemaVersion: 1,
      files: Object.fromEntries(names.map((name) => [name, hashFile(path.join(dir, name))])),
      ...(names.includes('trace.jsonl') && { trace: chainOf(filesOf(dir).trace) as Seal['trace'] }),
    };
    writeJson(path.join(dir, sealName), seal);
  } catch (cause) {
    throw new HilError('REPORT_FAILED', `cannot seal ${dir}: ${messageOf(cause)}`, {
      remedy: 'check the folder, its permissions and the free space',
      cause,
    });
  }
}

/** Bytes; a seal of ten million lines has 670 kB. */
const most = 16_000_000;

/** Reads a run's seal. @throws RUN_UNSEALED when there is none, or it is not one; RECORD_UNREADABLE where there is no run */
export function readSeal(dir: string): Seal {
  const file = path.join(dir, sealName);
  try {
    return sealSchema.parse(JSON.parse(readFileWithin(file, most)));
  } catch (cause) {
    if (!holdsRun(dir)) {
      throw new HilError('RECORD_UNREADABLE', `there is no run in ${dir}`, {
        remedy: 'name the folder of a run, e.g. reports/latest, which `bc26-hil qualify` makes',
        cause,
      });
    }
    throw new HilError('RUN_UNSEALED', `${file}: ${messageOf(cause).split('\n', 1)[0]}`, {
      remedy:
        'a run is sealed when it ends; this one was killed, is older than seals, or its seal was changed',
      cause,
    });
  }
}
