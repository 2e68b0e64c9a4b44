import { extended } from '../clauses/limits.ts';
import { splitFields } from './answer.ts';
import type { SavedRecord } from './records.ts';
import type { Reading } from './snapshot.ts';

/**
 * Whether a reading shows a record that holds nothing. The note does not say how it is shown. Seen were an error, no
 * line, no values, `NULL`, and zeros (a related firmware); see clauses CFG-QUERY-EMPTY and EX-READ-EMPTY.
 */
export function isBlank(record: SavedRecord, { text }: Reading): boolean {
  if (text === undefined || text === '') return true;
  const [type, ...values] = splitFields(text, record.fields + 1).fields;
  if (type !== String(record.type)) return false;
  // In a record of one field 0 is a value (access disabled); in all fields of a larger record it is none.
  const zeros = record.fields > 1 && values.every((value) => value === '0');
  return zeros || values.every((value) => value === '' || value === extended.none);
}

/** Whether erasing may restore the record: it holds nothing, or the note's defaults. */
export const mayBeUnsaved = (record: SavedRecord, reading: Reading): boolean =>
  isBlank(record, reading) || reading.text === record.defaults;
