import { hostname } from 'node:os';
import path from 'node:path';

import { filesOf, holdsRun } from '../../../reports/files/run-folder.ts';
import { writeJunit } from '../../../reports/junit/junit.ts';
import type { Entry, RunFacts } from '../../../reports/record/entry.ts';
import { foldRecord } from '../../../reports/record/fold-record.ts';
import { isHilError, messageOf } from '../../base/error.ts';
import { usualProfile } from './options-of.ts';
import type { AskedRun } from './run.ts';

/** The facts of a run that failed before its rig was opened. */
const factsOf = ({ rig, profile, clausePattern, seed, junit }: AskedRun): RunFacts => ({
  rig,
  rigFile: rig,
  driver: 'unknown',
  emulated: false,
  profile: profile ?? usualProfile,
  clausePattern,
  seed: seed ?? 0,
  budget: { nvramWrites: 0, reboots: null },
  clock: 1,
  commit: null,
  node: process.version,
  host: hostname(),
  ...(junit === 'strict' && { junit }),
  startedAt: new Date().toISOString(),
});

function problemOf(error: unknown): Entry {
  if (!isHilError(error))
    return { type: 'rig-error', code: 'SUITES_CRASHED', message: `the harness failed: ${messageOf(error)}` };
  const { code, message, remedy, blame } = error;
  const type = blame === 'usage' ? 'usage-error' : 'rig-error';
  return { type, code, message, ...(remedy !== undefined && { remedy }) };
}

/**
 * Writes a JUnit file with the error that kept a run from beginning, where `--out` names a folder: CI must not take an
 * earlier run's file for this one's. A folder that holds a run is left alone. A failure to write is ignored, since the
 * first error is reported anyway.
 */
export async function reportNoRun(options: AskedRun, error: unknown): Promise<void> {
  if (options.out === null) return;
  const dir = path.resolve(options.out);
  if (holdsRun(dir)) return;
  const start: Entry = {
    type: 'run-start',
    facts: factsOf(options),
    clauses: [],
    planned: [],
    deviations: [],
  };
  const entries: Entry[] = [start, problemOf(error), { type: 'run-end', durationMs: 0 }];
  await writeJunit(filesOf(dir), foldRecord(entries)).catch(() => undefined);
}
