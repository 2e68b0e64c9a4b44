import type { Exchange } from '../at/exchange.ts';
import { HilError } from '../base/error.ts';
import { escapeBytes, shortened } from '../base/escape.ts';

/** Longest piece of a command or an answer that an error message quotes, characters. */
const quoted = 200;

/** The bytes that came back in an exchange. */
export const wireOf = (exchange: Exchange): Uint8Array => Buffer.from(exchange.raw, 'latin1');

/** Text of the wire, one character a byte, as a message may show it: escaped, bounded, on one line. */
export function inMessage(text: string): string {
  return shortened(escapeBytes(Buffer.from(text, 'latin1')), quoted);
}

/**
 * Passes on an exchange that ended with OK.
 * @param shown how a message names the command, where the command itself holds a secret
 * @throws AT_REFUSED with the answer's bytes, when it ended with an error
 */
export function requireOk(exchange: Exchange, shown = exchange.command): Exchange {
  if (exchange.final.kind === 'OK') return exchange;
  throw new HilError('AT_REFUSED', `${inMessage(shown)} was refused: ${inMessage(exchange.final.text)}`, {
    wire: wireOf(exchange),
    remedy: `see exchange ${exchange.number}: lines ${exchange.trace[0]} to ${exchange.trace[1]} of the trace`,
  });
}
