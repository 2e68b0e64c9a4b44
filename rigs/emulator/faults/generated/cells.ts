import path from 'node:path';

import type { Fault } from '../fault.ts';
import { readByName } from '../read-by-name.ts';
import type { Operator, Wrong } from './operator.ts';
import type { Place } from './place.ts';
import { places } from './places.ts';
import { unseenByHand } from './unseen-by-hand.ts';

/** One operator at one place. */
export interface GeneratedCell {
  /** `gen.<operator>.<place>`; stable. */
  readonly id: string;
  readonly describe: string;
  readonly breaks: Fault['breaks'];
  /** The groups that it counts to. */
  readonly operator: string;
  readonly place: string;
  /** The file of its operator, from the repository's root. */
  readonly file: string;
  /** Why no clause can see it; undefined: one can. */
  readonly unseen: string | undefined;
  /** The fault, made anew: it may remember what its module did. */
  readonly make: () => Fault;
}

/** Ids are names of folders, too, so that they have no colon: archives of CI refuse one. */
const begin = 'gen.';

export const isGenerated = (id: string): boolean => id.startsWith(begin);

const folder = path.join(import.meta.dirname, 'operators');

const found = await readByName<'operators', Operator>(folder, 'operators');

function cellOf(operator: Operator, place: Place, wrong: Wrong, file: string): GeneratedCell {
  const id = `${begin}${operator.id}.${place.id}`;
  const describe = `${place.describe} ${operator.describe}`;
  const { breaks = place.breaks } = wrong;
  return {
    ...{ id, describe, breaks, file },
    operator: operator.group,
    place: place.group,
    unseen: operator.unseenAt?.(place) ?? unseenByHand[id],
    make: () => ({ ...wrong.hooks(), id, describe, breaks }),
  };
}

/** Made when they are asked for: an emulator that switches none of them on need not make thousands at its start. */
let cells: readonly GeneratedCell[] | undefined;

/** Every operator at every place for which it means something, by operator, then by place. */
export const allCells = (): readonly GeneratedCell[] =>
  (cells ??= found.flatMap(({ file, item }) =>
    places.flatMap((place) => {
      const wrong = item.at(place);
      return wrong ? [cellOf(item, place, wrong, `rigs/emulator/faults/generated/operators/${file}`)] : [];
    }),
  ));

/** Those that a clause can see. */
export const generatedCells = (): readonly GeneratedCell[] =>
  allCells().filter(({ unseen }) => unseen === undefined);
