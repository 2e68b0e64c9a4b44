import { accompanyingLines, type Exchange, unknownNames } from '../../harness/jest/suite.ts';

/**
 * The lines that came with an error (ERR-ALONE). An unsolicited line of an unknown name counts if one of that name comes
 * with the same input twice: the air brings what no list has.
 * @param again sends the input once more; called only where that decides
 */
export async function linesWithError(
  exchange: Exchange,
  again: () => Promise<Exchange>,
): Promise<readonly string[]> {
  const lines = accompanyingLines(exchange);
  const names = unknownNames(exchange);
  if (names.length === 0 || exchange.information.length > 0) return lines;
  const anew = unknownNames(await again());
  return names.some((name) => anew.includes(name)) ? lines : [];
}
