import { type Reading, type SavedRecord, shownBy } from '../../harness/jest/suite.ts';
import { showsValues, type Values } from './records.ts';

/**
 * What is read of a record has to show these values; of a private key its first four characters.
 * @param reading where a failure shows that it came from; undefined where nothing was read
 * @param text what of the reading belongs to the record; all of it unless told
 */
export function expectRecord(
  record: SavedRecord,
  reading: Reading | undefined,
  values: Values,
  text = reading?.text,
): void {
  shownBy([reading], () =>
    expect({ text, values, same: showsValues(record, text, values) }).toMatchObject({ same: true }),
  );
}

/**
 * The same of an answer as the note prints it, each line with the command's name before it: for the clauses on how a
 * record is reported. What a record holds shows without the name, too.
 */
export function expectReported(record: SavedRecord, reading: Reading | undefined, values: Values): void {
  const prefix = `${record.command.slice('AT'.length)}: `;
  const lines = reading?.exchange?.information ?? [];
  shownBy([reading], () =>
    expect({ prefix, lines, named: lines.filter((line) => line.startsWith(prefix)) }).toEqual({
      prefix,
      lines,
      named: lines,
    }),
  );
  expectRecord(record, reading, values);
}
