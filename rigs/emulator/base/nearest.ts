const MOST_NAMES = 3;
/** Below this likeness (1: the same pairs of letters) a name only misleads. */
const LEAST_LIKENESS = 0.5;

/** The pairs of neighbouring letters, the ends included; a long text is cut. */
const pairsOf = (text: string): string[] => {
  const whole = ` ${text.slice(0, 64).toLowerCase()} `;
  return Array.from({ length: whole.length - 1 }, (_, at) => whole.slice(at, at + 2));
};

/** Dice's coefficient: twice the number of shared pairs, divided by the number of all pairs. */
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
 * Ends a message about an unknown name with the names most like it, the best first.
 * @returns ` (did you mean … or …?)`, or the empty string when no name is like it
 */
export function describeNearest(typed: string, known: readonly string[]): string {
  const near = known
    .map((name) => ({ name, share: likeness(typed, name) }))
    .filter(({ share }) => share >= LEAST_LIKENESS)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_NAMES)
    .map(({ name }) => name);
  return near.length > 0 ? ` (did you mean ${near.join(' or ')}?)` : '';
}
