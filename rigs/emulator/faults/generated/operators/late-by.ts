import type { Operator } from '../operator.ts';

/** The longest time that the note allows, ms (§2.1, §2.2). */
const LIMIT_MS = 300;

const lateBy = (ms: number, every: number): Operator => ({
  id: every === 1 ? `late-by-${ms}` : `late-by-${ms}-one-in-${every}`,
  group: 'late-by',
  describe: `comes ${ms} ms too late${every === 1 ? '' : `, one in ${every}`}`,
  at(place) {
    if (place.on !== 'command') return undefined;
    return {
      breaks: [place.time],
      hooks: () => {
        let count = 0;
        return {
          latencyMs: (planned, call) =>
            place.match(call) && ++count % every === 0 ? LIMIT_MS + ms : planned,
        };
      },
    };
  },
});

export const operators: readonly Operator[] = [
  lateBy(5, 1),
  lateBy(20, 1),
  lateBy(50, 1),
  lateBy(200, 1),
  lateBy(50, 3),
];
