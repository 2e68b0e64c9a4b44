import { type Reading } from '../../harness/jest/suite.ts';

/** Whether two readings of one record show the same values. Refused queries show none, so they are no such readings. */
export function isSeenTwice(first: Reading | undefined, again: Reading | undefined): boolean {
  const lines = linesOf(first);
  const others = linesOf(again);
  return (
    lines !== undefined &&
    lines.length > 0 &&
    lines.length === others?.length &&
    lines.every((line, index) => line === others[index])
  );
}

/** The information lines of a reading that shows values. */
const linesOf = (reading: Reading | undefined): readonly string[] | undefined =>
  reading?.text !== undefined && reading.final === 'OK' ? reading.exchange?.information : undefined;
