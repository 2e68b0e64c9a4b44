import type { Exchange } from '../../at/exchange.ts';
import type { Reading } from '../../cmdmp/snapshot.ts';

/** Where a compared value came from; undefined where nothing was read. */
export type Source = Exchange | Reading | undefined;

/** A registered symbol, since this module exists twice under Jest: a test sets it, the environment reads it. */
const key = Symbol.for('bc26-hil.shown-by');

interface WithExchanges {
  [key]?: readonly Exchange[];
}

/** The exchanges from which some values came, each once, in the order of sending. */
export function exchangesBehind(sources: readonly Source[]): readonly Exchange[] {
  const found = sources.flatMap((source) => {
    const exchange = source && ('number' in source ? source : source.exchange);
    return exchange ? [exchange] : [];
  });
  return [...new Set(found)].sort((a, b) => a.number - b.number);
}

/**
 * Runs an expectation about values that were read earlier. If it fails, the failure shows the exchanges they came from,
 * and not the last ones of the test.
 * @param sources where several values are compared at once, those of the values that are wrong
 * @throws what `expectation` throws
 */
export function shownBy(sources: readonly Source[], expectation: () => void): void {
  try {
    expectation();
  } catch (error) {
    const exchanges = exchangesBehind(sources);
    if (typeof error === 'object' && error !== null && exchanges.length > 0) {
      Object.defineProperty(error, key, { value: exchanges });
    }
    throw error;
  }
}

/** The exchanges that `shownBy` named for a failure; undefined without `shownBy`. */
export const exchangesOfFailure = (thrown: unknown): readonly Exchange[] | undefined =>
  typeof thrown === 'object' && thrown !== null ? (thrown as WithExchanges)[key] : undefined;
