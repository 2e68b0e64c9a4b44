import { answerHooks, type Operator, valueOperator } from '../operator.ts';

export const operators: readonly Operator[] = [
  valueOperator(
    'other-record',
    'is a value of the other command',
    () =>
      (_, { elsewhere }) =>
        elsewhere,
    // What is no number cannot be one where numbers are kept.
    { where: ({ field, moment }) => field.form !== 'number' || moment === 'shown' },
  ),
  {
    id: 'other-record',
    group: 'other-record',
    describe: 'is that of another record',
    at(place) {
      if (place.on !== 'command') return undefined;
      const { instead } = place;
      if (instead === undefined) return undefined;
      return {
        hooks: () =>
          answerHooks(place, (answer, next, call) => {
            const other = next({ ...call, parameters: instead });
            return other.result === 'OK' ? other : answer;
          }),
      };
    },
  },
];
