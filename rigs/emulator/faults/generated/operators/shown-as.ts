import type { Operator } from '../operator.ts';

/** All states of the note, and one that is none. */
const states = [0, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13];

const shownAs = (shown: number | undefined): Operator => ({
  id: shown === undefined ? 'never-shown' : `shown-as-${shown}`,
  group: shown === undefined ? 'never-shown' : 'shown-as',
  describe: shown === undefined ? 'is never shown, that before it stays' : `is shown as ${shown}`,
  at: (place) =>
    place.on === 'state' && place.state !== shown
      ? {
          hooks: () => ({
            clientPlan: (plan) => ({
              ...plan,
              stateShown: (reached) => (reached === place.state ? shown : plan.stateShown(reached)),
            }),
          }),
        }
      : undefined,
});

export const operators: readonly Operator[] = [...states, undefined].map(shownAs);
