import { extended } from '../clauses/limits.ts';
import { splitFields } from './answer.ts';
import type { SavedRecord } from './records.ts';
import type { Reading } from './snapshot.ts';

/**
 * Whether a reading shows a record that holds nothing. The note leaves open how such a record is shown; an error,
 * no line, no values, `NULL`, and zeros (a sister firmware) were seen (clauses CFG-QUERY-EMPTY, EX-READ-EMPTY).
 */
export function isBlank(record: SavedRecord, { text }: Reading): boolean {
  if (text === undefined || text === '') return true;
  const [type, ...values] = splitFields(text, record.fields + 1).fields;
  if (type !== String(record.type)) return false;
  // A lone 0 is a value (access disabled); in every field of a record of several it is none.
  const zeros = record.fields > 1 && values.every((value) => value === '0');
  return zeros || values.every((value) => value === '' || value === extended.none);
}

/** Whether erasing may bring the record back: it holds nothing, or what the note gives as its defaults. */
export const mayBeUnsaved = (record: SavedRecord, reading: Reading): boolean =>
  isBlank(record, reading) || reading.text === record.defaults;
