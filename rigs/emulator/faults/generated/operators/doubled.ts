import { answerHooks, type Operator } from '../operator.ts';

export const operators: readonly Operator[] = [
  {
    id: 'doubled-line',
    group: 'doubled-line',
    describe: 'has its last information line twice',
    at: (place) =>
      place.on === 'command' && place.lines > 0
        ? {
            hooks: () =>
              answerHooks(place, (answer) => ({
                ...answer,
                lines: [...answer.lines, ...answer.lines.slice(-1)],
              })),
          }
        : undefined,
    // CFG-TEST and EX-TEST: "one line or more".
    unseenAt: ({ id }) =>
      /\.test$/.test(id) ? 'the answer of a test form may have any number of lines' : undefined,
  },
  {
    id: 'doubled-final',
    group: 'doubled-line',
    describe: 'has its final result twice',
    at: (place) =>
      place.on === 'command'
        ? {
            breaks: ['AT-ONE-FINAL'],
            hooks: () => ({
              bytes: (answer, call) => (place.match(call) ? answer.replace(/\r\nOK\r\n$/, '$&$&') : answer),
            }),
          }
        : undefined,
  },
];
