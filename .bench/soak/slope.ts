/** How a figure grows from round to round, by least squares, with its 95 % interval. */
export interface Slope {
  readonly perRound: number;
  readonly from: number;
  readonly to: number;
}

/** @returns undefined for fewer than three figures, of which no interval follows */
export function slopeOf(figures: readonly number[]): Slope | undefined {
  const n = figures.length;
  if (n < 3) return undefined;
  const [meanX, meanY] = [(n - 1) / 2, figures.reduce((sum, y) => sum + y, 0) / n];
  const squares = figures.reduce((sum, _y, x) => sum + (x - meanX) ** 2, 0);
  const perRound = figures.reduce((sum, y, x) => sum + (x - meanX) * (y - meanY), 0) / squares;
  const rest = figures.reduce((sum, y, x) => sum + (y - meanY - perRound * (x - meanX)) ** 2, 0);
  // 1.96: the normal distribution's, which Student's comes near to from some thirty rounds on.
  const half = 1.96 * Math.sqrt(rest / (n - 2) / squares);
  return { perRound, from: perRound - half, to: perRound + half };
}
