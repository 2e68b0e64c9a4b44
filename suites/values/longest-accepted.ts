/**
 * Finds the longest accepted length by bisection: few tries, because each accepted one wears NVRAM. Assumes that
 * every length below an accepted one is accepted too.
 * @param limit the longest length tried
 * @returns the length, `<limit> or more`, or `none`
 */
export async function findLongestAccepted(
  limit: number,
  isAccepted: (length: number) => Promise<boolean>,
): Promise<string> {
  if (await isAccepted(limit)) return `${limit} or more`;
  let accepted = 0;
  let refused = limit;
  while (refused - accepted > 1) {
    const middle = Math.floor((accepted + refused) / 2);
    if (await isAccepted(middle)) accepted = middle;
    else refused = middle;
  }
  return accepted === 0 ? 'none' : String(accepted);
}
