/** The largest of the values, `least` if none is larger. For lists of any length: `Math.max(...values)` has a limit. */
export function largest(values: Iterable<number>, least: number): number {
  let found = least;
  for (const value of values) if (value > found) found = value;
  return found;
}
