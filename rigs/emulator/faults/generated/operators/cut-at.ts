import { type Operator, valueOperator } from '../operator.ts';

/** Bytes: one, and around the sizes of buffers and of the values that the note shows. */
const lengths = [1, 3, 8, 15, 31];

/** What is longer than this is cut. */
const cutAt = (length: number): Operator =>
  valueOperator(`cut-at-${length}`, `is cut after ${length} bytes`, () => (value) => value.slice(0, length), {
    group: 'cut-at',
    where: ({ field, moment }) =>
      field.longest > length && !(field.name === 'password' && moment === 'shown' && length >= 8),
    breaks: ({ breaks, field, moment }) =>
      field.command === 'extended' && moment !== 'boot' ? [...breaks, `EX-LEN-${field.name}`] : breaks,
  });

export const operators: readonly Operator[] = lengths.map(cutAt);
