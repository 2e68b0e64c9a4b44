import type { Operator } from '../operator.ts';
import { anotherValue } from '../other-value.ts';
import type { Passing } from '../place.ts';

/** Values that pass once a boot do so some four times in a run: one in two is what a run can see. */
const oneIn = (m: number, atBoots: boolean): Operator => ({
  id: `one-in-${m}`,
  group: 'one-in',
  describe: `is another value, or lost, in one case of ${m}`,
  at(place) {
    const now = ({ count }: Passing): boolean => count % m === 0;
    if (place.on === 'erase') return atBoots ? undefined : { hooks: () => place.hooks(now) };
    if (place.on !== 'value' || (place.moment === 'boot') !== atBoots) return undefined;
    const edit = (value: string): string => anotherValue(place.field, value);
    return { hooks: () => place.hooks((value, passing) => (now(passing) ? edit(value) : value)) };
  },
});

export const operators: readonly Operator[] = [oneIn(2, true), oneIn(3, false), oneIn(8, false)];
