import { answerHooks, type Operator } from '../operator.ts';

export const operators: readonly Operator[] = [
  {
    id: 'reordered-lines',
    group: 'reordered-lines',
    describe: 'has its information lines the other way round',
    at: (place) =>
      place.on === 'command' && place.lines > 0
        ? { hooks: () => answerHooks(place, (answer) => ({ ...answer, lines: answer.lines.toReversed() })) }
        : undefined,
    unseenAt: (place) => (place.on === 'command' && place.lines === 1 ? 'one line has one order' : undefined),
  },
];
