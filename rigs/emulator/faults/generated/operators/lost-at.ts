import type { Operator } from '../operator.ts';
import type { Passing, ValuePlace } from '../place.ts';

/** Values that pass once a boot do not pass often: five boots with one value would be rare. */
const often = [1, 2, 5];
const atBoots = [1, 2];

const isRare = (place: ValuePlace): boolean => place.moment === 'boot';

const lostAt = (k: number): Operator => ({
  id: `lost-at-${k}`,
  group: 'lost-at',
  describe: `is lost at time ${k}`,
  at(place) {
    const now = ({ nth }: Passing): boolean => nth === k;
    if (place.on === 'erase') return { hooks: () => place.hooks(now) };
    if (place.on !== 'value' || (isRare(place) && !atBoots.includes(k))) return undefined;
    return { hooks: () => place.hooks((value, passing) => (now(passing) ? undefined : value)) };
  },
});

/** Counted from a boot; what a boot does: from the save of the value. An erase that is lost keeps the value. */
export const operators: readonly Operator[] = often.map(lostAt);
