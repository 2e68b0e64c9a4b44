import type { Exchange } from '../../at/exchange.ts';
import { escapeBytes } from '../../base/escape.ts';
import type { LineFault } from '../host/fixtures.ts';

/**
 * A whole answer: information blocks and the final result, each framed by CR LF before and after
 * (AT manual §1.2); a block may hold several lines (TRANSCRIPTS.md §A: ATI).
 */
const framed = /^(?:\r\n(?:[^\r\n]+\r\n)+)*\r\n(?:OK|ERROR|\+CM[ES] ERROR: ?[^\r\n]*)\r\n$/;

/**
 * Judges the framing of one answer (AT-FRAME). An echo in front of it is left out; an answer that an
 * unsolicited line broke into is not judged, since both have framing of their own; nor is one whose last LF may be
 * missing for our own or the emulated module's delay.
 */
export function framingFault(exchange: Exchange): LineFault | undefined {
  if (exchange.unsolicited.length > 0) return undefined;
  const echo = exchange.echoed ? exchange.raw.indexOf(exchange.command) + exchange.command.length : 0;
  const answer = exchange.raw.slice(echo).replace(/^\r(?=\r\n)/, '');
  if (framed.test(answer) || exchange.endInDoubt) return undefined;
  const bytes = escapeBytes(Buffer.from(exchange.raw, 'latin1'));
  return { clause: 'AT-FRAME', text: `${exchange.command} was answered ${bytes}` };
}
