import { type Operator, valueOperator } from '../operator.ts';

export const operators: readonly Operator[] = [
  valueOperator(
    'stale',
    'is that of one save before',
    ({ moment }) =>
      (value, { before }) =>
        moment === 'saved' ? before : (before ?? value),
  ),
];
