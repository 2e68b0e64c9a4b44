import { msToNs } from '../base/clock.ts';
import type { Sent, WireOut } from './wire.ts';

/**
 * Sends an answer, its last LF `lateLfMs` after its CR.
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
  if (lateLfMs === 0 || !text.endsWith('\r\n')) {
    out.send(Buffer.from(text, 'latin1'), begin, done);
    return;
  }
  let begun: Sent | undefined;
  out.send(Buffer.from(text.slice(0, -1), 'latin1'), begin, (sent) => (begun = sent));
  out.sendOn(Buffer.from('\n'), msToNs(lateLfMs), (end) => done({ ...end, ...firstOf(begun ?? end) }));
}

const firstOf = ({ plannedFirst, first }: Sent): Pick<Sent, 'plannedFirst' | 'first'> => ({
  plannedFirst,
  first,
});
