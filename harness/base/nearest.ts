/** Levenshtein distance: the number of single-character edits from `a` to `b`. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}

/** A message suggests no more names. */
const MOST_NAMES = 3;

/**
 * Ends what a message says of a mistyped name: ` (did you mean … or …?)`, the nearest first. Case does not count.
 * @returns the empty string if no known name is near: it would mislead
 */
export function didYouMean(typed: string, known: Iterable<string>): string {
  const names = nearest(typed, known);
  return names.length > 0 ? ` (did you mean ${names.join(' or ')}?)` : '';
}

function nearest(typed: string, known: Iterable<string>): string[] {
  // The work grows with the square of the length, and names are short.
  const wanted = typed.slice(0, 64).toLowerCase();
  const reach = Math.max(2, Math.floor(wanted.length / 3));
  return [...new Set(known)]
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .filter(({ edits }) => edits <= reach)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, MOST_NAMES)
    .map(({ name }) => name);
}
