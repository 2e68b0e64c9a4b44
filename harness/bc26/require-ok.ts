import type { Exchange } from '../at/exchange.ts';
import { HilError } from '../base/error.ts';
import { escapeBytes, shortened } from '../base/escape.ts';

const longestQuote = 200;

export const wireOf = (exchange: Exchange): Uint8Array => Buffer.from(exchange.raw, 'latin1');

/** A text of the wire (latin1) for an error message: escaped, on one line, cut where it is too long. */
export function inMessage(text: string): string {
  return shortened(escapeBytes(Buffer.from(text, 'latin1')), longestQuote);
}

/**
 * @param shown the command as a message may show it, where the command holds a secret
 * @returns the exchange, if it ended with OK
 * @throws AT_REFUSED with the answer's bytes, if it ended with an error
 */
export function requireOk(exchange: Exchange, shown = exchange.command): Exchange {
  if (exchange.final.kind === 'OK') return exchange;
  throw new HilError('AT_REFUSED', `${inMessage(shown)} was refused: ${inMessage(exchange.final.text)}`, {
    wire: wireOf(exchange),
    remedy: `see exchange ${exchange.number}: lines ${exchange.trace[0]} to ${exchange.trace[1]} of the trace`,
  });
}
