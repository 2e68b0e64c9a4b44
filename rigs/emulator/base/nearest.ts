/** How many names a hint has. */
const MOST = 3;
/** Less alike than this (1: the same pairs of letters) a name only misleads. */
const ALIKE = 0.5;

/** The letters of a text, two and two, its ends included; names are short, and a typed text of any length is cut. */
const pairsOf = (text: string): string[] => {
  const whole = ` ${text.slice(0, 64).toLowerCase()} `;
  return Array.from({ length: whole.length - 1 }, (_, at) => whole.slice(at, at + 2));
};

/** Dice's coefficient: twice the pairs that two texts share, of all their pairs. */
function likeness(one: string, other: string): number {
  const pairs = pairsOf(one);
  const left = pairsOf(other);
  const all = pairs.length + left.length;
  let shared = 0;
  for (const pair of pairs) {
    const at = left.indexOf(pair);
    if (at < 0) continue;
    left.splice(at, 1);
    shared++;
  }
  return (2 * shared) / all;
}

/**
 * The end of a message about a name that is not known: the names nearest to it, nearest first.
 * @returns `; near it: …`, or nothing when none is near
 */
export function describeNearest(typed: string, known: readonly string[]): string {
  const near = known
    .map((name) => ({ name, share: likeness(typed, name) }))
    .filter(({ share }) => share >= ALIKE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST)
    .map(({ name }) => name);
  return near.length > 0 ? `; near it: ${near.join(', ')}` : '';
}
