import { expectNone, expectThat, type Reading, type SavedRecord, shownBy } from '../../harness/jest/suite.ts';
import { recordText, showsValues, type Values } from './records.ts';

/**
 * Expects that a reading shows these values of a record; of a private key, its first four characters.
 * @param reading named as the source if this fails; undefined if nothing was read
 * @param text the part of the reading that belongs to the record; by default all of it
 */
export function expectRecord(
  record: SavedRecord,
  reading: Reading | undefined,
  values: Values,
  text = reading?.text,
): void {
  const isSaved = text === reading?.text;
  shownBy([reading], () =>
    expectThat(`${record.name} ${isSaved ? 'saved' : 'in use'}`, {
      holds: showsValues(record, text, values),
      expected: recordText(record, values),
      got: text ?? reading?.final,
    }),
  );
}

/**
 * The same, and each line must have the command's name before it, as the note prints it: for the clauses on how a
 * record is reported. Other clauses judge the values only.
 */
export function expectReported(record: SavedRecord, reading: Reading | undefined, values: Values): void {
  const prefix = `${record.command.slice('AT'.length)}: `;
  const lines = reading?.exchange?.information ?? [];
  shownBy([reading], () =>
    expectNone(
      `lines of ${record.name} without the prefix "${prefix}"`,
      lines.filter((line) => !line.startsWith(prefix)),
    ),
  );
  expectRecord(record, reading, values);
}
