import { type Operator, valueOperator } from '../operator.ts';

export const operators: readonly Operator[] = [
  valueOperator(
    'swapped',
    'is that of the field beside it',
    () =>
      (value, { neighbour }) =>
        neighbour ?? value,
    { where: ({ field }) => field.neighbour !== undefined },
  ),
];
