import { type Reading, type SavedRecord, shownBy } from '../../harness/jest/suite.ts';
import { showsValues, type Values } from './records.ts';

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
  shownBy([reading], () =>
    expect({ text, values, same: showsValues(record, text, values) }).toMatchObject({ same: true }),
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
    expect({ prefix, lines, named: lines.filter((line) => line.startsWith(prefix)) }).toEqual({
      prefix,
      lines,
      named: lines,
    }),
  );
  expectRecord(record, reading, values);
}
