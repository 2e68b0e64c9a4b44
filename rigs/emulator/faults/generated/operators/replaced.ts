import { type Operator, valueOperator } from '../operator.ts';
import { anotherValue } from '../other-value.ts';

export const operators: readonly Operator[] = [
  valueOperator(
    'replaced',
    'is another value',
    ({ field }) =>
      (value) =>
        anotherValue(field, value),
  ),
];
