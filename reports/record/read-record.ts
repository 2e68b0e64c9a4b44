import { readFileSync } from 'node:fs';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { filesOf } from '../files/run-folder.ts';
import { type RunRecord, runRecord } from './record.ts';

const unreadable = (file: string, what: string, cause?: unknown): HilError =>
  new HilError('RECORD_UNREADABLE', `${file}: ${what}`, {
    remedy: 'name the folder of a run, e.g. reports/latest',
    cause,
  });

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw unreadable(file, messageOf(cause), cause);
  }
}

/**
 * Reads the record of a run and checks it against its schema.
 * @param folder the run's folder
 * @throws RECORD_UNREADABLE, with the first mismatch
 */
export function readRecord(folder: string): RunRecord {
  const { record: file } = filesOf(folder);
  const result = runRecord.safeParse(parse(file));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw unreadable(
    file,
    `not a record of version 1: ${issue?.path.join('.')}: ${issue?.message}`,
    result.error,
  );
}
