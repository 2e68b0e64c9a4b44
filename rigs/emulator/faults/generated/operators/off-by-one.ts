import { type Operator, valueOperator } from '../operator.ts';
import { nextValue } from '../other-value.ts';

export const operators: readonly Operator[] = [
  valueOperator(
    'off-by-one',
    'is one greater, or lacks its last character',
    ({ field }) =>
      (value) =>
        nextValue(field, value),
    // Of a choice the next member is another value: `replaced`.
    { where: ({ field }) => field.form !== 'choice' },
  ),
];
