import type { Exchange } from '../../at/exchange.ts';
import type { Reading } from '../../cmdmp/snapshot.ts';

/** Where a value that is compared came from; undefined where nothing was read. */
export type Source = Exchange | Reading | undefined;

/** By symbol, since this module exists twice under Jest: a test throws, the environment looks. */
const key = Symbol.for('bc26-hil.shown-by');

interface Told {
  [key]?: readonly Exchange[];
}

/** The exchanges behind some values, each once, in the order of sending. */
export function exchangesBehind(sources: readonly Source[]): readonly Exchange[] {
  const found = sources.flatMap((source) => {
    const exchange = source && ('number' in source ? source : source.exchange);
    return exchange ? [exchange] : [];
  });
  return [...new Set(found)].sort((a, b) => a.number - b.number);
}

/**
 * Runs an expectation about values that were read some time ago. A failure then shows the exchanges they came from,
 * and not the last ones of the test.
 * @param sources what disappoints, where several values are compared at once
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

/** The exchanges a failure was said to come from; undefined where nobody said. */
export const toldExchanges = (thrown: unknown): readonly Exchange[] | undefined =>
  typeof thrown === 'object' && thrown !== null ? (thrown as Told)[key] : undefined;
