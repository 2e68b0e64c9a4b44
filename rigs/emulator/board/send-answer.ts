import { msToNs } from '../base/clock.ts';
import type { Sent, WireOut } from './wire.ts';

/** An answer up to the CR of its final result, and the rest: an LF, and empty lines if there are any. */
const untilFinalCr = /^(.*[^\r\n]\r)(\n[\r\n]*)$/s;

/**
 * Sends an answer, the LF of its final result `lateLfMs` after its CR.
 * @param begin when the first bit is to be on the wire, ns
 * @param done called once all of it was written; never, if the line is cut first
 */
export function sendAnswer(
  out: Pick<WireOut, 'send' | 'sendOn'>,
  text: string,
  begin: bigint,
  lateLfMs: number,
  done: (sent: Sent) => void,
): void {
  const [, head, tail] = untilFinalCr.exec(text) ?? [];
  if (lateLfMs === 0 || head === undefined || tail === undefined) {
    out.send(Buffer.from(text, 'latin1'), begin, done);
    return;
  }
  let begun: Sent | undefined;
  out.send(Buffer.from(head, 'latin1'), begin, (sent) => (begun = sent));
  out.sendOn(Buffer.from(tail), msToNs(lateLfMs), (end) => done({ ...end, ...firstOf(begun ?? end) }));
}

const firstOf = ({ plannedFirst, first }: Sent): Pick<Sent, 'plannedFirst' | 'first'> => ({
  plannedFirst,
  first,
});
