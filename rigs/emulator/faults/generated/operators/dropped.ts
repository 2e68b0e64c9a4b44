import { answerHooks, type Operator } from '../operator.ts';

export const operators: readonly Operator[] = [
  {
    id: 'dropped-line',
    group: 'dropped-line',
    describe: 'lacks its last information line',
    at: (place) =>
      place.on === 'command' && place.lines > 0
        ? { hooks: () => answerHooks(place, (answer) => ({ ...answer, lines: answer.lines.slice(0, -1) })) }
        : undefined,
  },
  {
    id: 'dropped-final',
    group: 'dropped-line',
    describe: 'lacks its final result',
    at: (place) =>
      place.on === 'command'
        ? {
            breaks: ['AT-ONE-FINAL'],
            hooks: () => answerHooks(place, (answer) => ({ ...answer, result: 'none' })),
          }
        : undefined,
  },
];
