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

/**
 * The known names closest to a mistyped one, nearest first, for "did you mean". Case does not count.
 * @param most the greatest number of names
 * @returns no name if none is near: it would mislead
 */
export function nearest(typed: string, known: Iterable<string>, most = 3): string[] {
  // The work grows with the square of the length, and names are short.
  const wanted = typed.slice(0, 64).toLowerCase();
  const reach = Math.max(2, Math.floor(wanted.length / 3));
  return [...known]
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .filter(({ edits }) => edits <= reach)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, most)
    .map(({ name }) => name);
}
