/** Pairs by their first part, in the order seen. */
export function group(pairs: readonly (readonly [key: string, member: string])[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const [key, member] of pairs) groups.set(key, [...(groups.get(key) ?? []), member]);
  return [...groups];
}
