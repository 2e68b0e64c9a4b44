import { createHash } from 'node:crypto';

import type { GeneratedFacts } from '../../../rigs/control/emulator-faults.ts';

/** A number in [0, 1) that a seed and a text decide. */
const drawn = (seed: number, text: string): number =>
  createHash('sha256').update(`${seed} ${text}`).digest().readUInt32BE() / 2 ** 32;

/**
 * Draws a sample of the generated faults, each with the same chance: in the order of operators and places it takes one
 * every so many, so that each operator, and each place under it, has its share. They come in random order: operators differ
 * in how long they take, and the first results must foretell the rest.
 * @param count how many; all of them where there are not so many
 */
export function draw(all: readonly GeneratedFacts[], count: number, seed: number): readonly GeneratedFacts[] {
  const order = all.map((fact) => ({ fact, at: drawn(seed, fact.id) })).sort(byStratum);
  const step = order.length / Math.min(count, order.length);
  const start = drawn(seed, 'start') * step;
  const chosen = Array.from({ length: Math.min(count, order.length) }, (_, index) => {
    const placed = order[Math.floor(start + index * step)];
    if (!placed) throw new RangeError('a sample is no larger than what it is drawn from');
    return placed;
  });
  return chosen.sort((a, b) => a.at - b.at).map(({ fact }) => fact);
}

interface Placed {
  readonly fact: GeneratedFacts;
  readonly at: number;
}

const stratumOf = ({ fact: { operator, place } }: Placed): string => `${operator} ${place}`;

function byStratum(a: Placed, b: Placed): number {
  const [of, other] = [stratumOf(a), stratumOf(b)];
  if (of === other) return a.at - b.at;
  return of < other ? -1 : 1;
}
