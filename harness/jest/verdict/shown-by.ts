import type { Exchange } from '../../at/exchange.ts';
import type { Reading } from '../../cmdmp/snapshot.ts';

/** Where a compared value came from; undefined where nothing was read. */
export type Source = Exchange | Reading | undefined;

const key = Symbol('shown by');

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
    keepExchanges(error, exchangesBehind(sources));
    throw error;
  }
}

/**
 * Keeps the exchanges that show a failure with what was thrown, unless some are kept already: an arrangement that failed
 * fails every test that shares it with the same error, and only the first of them has sent anything.
 */
export function keepExchanges(thrown: unknown, exchanges: readonly Exchange[]): void {
  if (typeof thrown !== 'object' || thrown === null || exchanges.length === 0) return;
  if (!exchangesOfFailure(thrown)) Object.defineProperty(thrown, key, { value: exchanges });
}

/** The exchanges that were kept with a failure; undefined if none were. */
export const exchangesOfFailure = (thrown: unknown): readonly Exchange[] | undefined =>
  typeof thrown === 'object' && thrown !== null ? (thrown as WithExchanges)[key] : undefined;
