import { existsSync } from 'node:fs';
import path from 'node:path';

import { readFileWithin } from '../../harness/base/read-file-within.ts';
import { differencesFromSeal } from './check-seal.ts';
import { differencesFromTrace } from './check-verdicts.ts';
import { readSeal, sealName, signatureName } from './seal.ts';
import { isSignedBy } from './signature.ts';

/** What became of a check of a run. */
export interface Verified {
  /** One sentence each; none where the run is as it was, and its verdicts follow from its trace. */
  readonly differences: readonly string[];
  /** Whether a signature was asked for and found to be right. */
  readonly signed: boolean;
  readonly files: number;
  readonly lines: number;
}

/**
 * Checks a run folder: its signature if a key is given, its files against its seal, and its verdicts against its trace.
 * @throws RUN_UNSEALED, RECORD_UNREADABLE, KEY_UNUSABLE
 */
export function verifyRun(dir: string, keyFile?: string): Verified {
  const seal = readSeal(dir);
  const unsigned = keyFile === undefined ? undefined : signatureFault(dir, keyFile);
  return {
    // A seal that somebody else may have made proves nothing.
    differences: unsigned ? [unsigned] : [...differencesFromSeal(dir, seal), ...differencesFromTrace(dir)],
    signed: keyFile !== undefined && unsigned === undefined,
    files: Object.keys(seal.files).length,
    lines: seal.trace?.lines ?? 0,
  };
}

function signatureFault(dir: string, keyFile: string): string | undefined {
  const file = path.join(dir, signatureName);
  if (!existsSync(file)) return 'the run is not signed: bundle it with --sign KEY';
  return isSignedBy(path.join(dir, sealName), readFileWithin(file).trim(), keyFile)
    ? undefined
    : `the run was not signed by the owner of ${keyFile}, or its seal was changed`;
}
