/**
 * Looks for the longest length that is taken, by bisection, since every one that is taken wears NVRAM.
 * @param limit the longest length tried; whatever is taken is taken to be so at all shorter lengths, too
 * @returns the length, or `<limit> or more`, or `none`
 */
export async function findLongestAccepted(
  limit: number,
  isAccepted: (length: number) => Promise<boolean>,
): Promise<string> {
  if (await isAccepted(limit)) return `${limit} or more`;
  let taken = 0;
  let refused = limit;
  while (refused - taken > 1) {
    const middle = Math.floor((taken + refused) / 2);
    if (await isAccepted(middle)) taken = middle;
    else refused = middle;
  }
  return taken === 0 ? 'none' : String(taken);
}
