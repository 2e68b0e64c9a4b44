/** The quantile of the normal distribution for 95 % in the middle. */
const Z = 1.959963984540054;

/**
 * The 95 % interval of a share by Wilson's score, without continuity correction (E. B. Wilson, Journal of the American
 * Statistical Association 22, 1927, p. 209).
 * @param hits of `of` cases, 0 ≤ hits ≤ of
 * @returns two shares, 0 to 1; without a case nothing is known
 */
export function wilson(hits: number, of: number): readonly [low: number, high: number] {
  if (of === 0) return [0, 1];
  const share = hits / of;
  const square = Z ** 2;
  const middle = share + square / (2 * of);
  const half = Z * Math.sqrt((share * (1 - share)) / of + square / (4 * of ** 2));
  const scale = 1 + square / of;
  // At the ends the exact value is 0 or 1; rounding would leave it a little beside.
  return [
    hits === 0 ? 0 : Math.max(0, (middle - half) / scale),
    hits === of ? 1 : Math.min(1, (middle + half) / scale),
  ];
}
