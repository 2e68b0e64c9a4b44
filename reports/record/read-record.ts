import { HilError, messageOf } from '../../harness/base/error.ts';
import { readFileWithin } from '../../harness/base/read-file-within.ts';
import { filesOf } from '../files/run-folder.ts';
import { type RunRecord, runRecord } from './record.ts';

const unreadable = (file: string, what: string, cause?: unknown): HilError =>
  new HilError('RECORD_UNREADABLE', `${file}: ${what}`, {
    remedy: 'name the folder of a run, e.g. reports/latest',
    cause,
  });

/** Bytes. A nightly run leaves half a megabyte; reasons of failures are long. */
const most = 16_000_000;

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileWithin(file, most));
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
