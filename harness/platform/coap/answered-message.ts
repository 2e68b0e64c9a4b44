import { type Peer, peerText } from './peer.ts';

/** A packet of the log, as far as it is looked at here. */
interface Datagram {
  readonly direction: 'in' | 'out';
  readonly number: number;
  readonly peer: Peer;
  readonly bytes: Uint8Array;
}

/** The part of a CoAP message that ties an answer to what it answers (RFC 7252 §3). */
interface Header {
  readonly type: 'CON' | 'NON' | 'ACK' | 'RST';
  readonly isRequest: boolean;
  readonly isResponse: boolean;
  readonly messageId: number;
  /** In hexadecimal; empty if there is none. */
  readonly token: string;
}

const types: readonly Header['type'][] = ['CON', 'NON', 'ACK', 'RST'];
const HEADER = 4;

/** Undefined for bytes that are no CoAP message. Only the header is read: the log may be searched for each packet. */
function headerOf(bytes: Uint8Array): Header | undefined {
  const [first = 0, code = 0, high = 0, low = 0] = bytes;
  if (bytes.length < HEADER || first >> 6 !== 1) return undefined;
  const codeClass = code >> 5;
  return {
    type: types[(first >> 4) & 3]!,
    isRequest: codeClass === 0 && code !== 0,
    isResponse: codeClass >= 2,
    messageId: high * 256 + low,
    token: Buffer.from(bytes.subarray(HEADER, HEADER + (first & 15))).toString('hex'),
  };
}

/**
 * Finds the platform's own message that a packet answers: for an Acknowledgement or a Reset the confirmable message with
 * its id, for a response of its own the request with its token (RFC 7252 §4.2, §5.3.2). However late it comes.
 * @returns the message as it was sent first; undefined for a packet that answers nothing
 */
export function answeredMessage<Packet extends Datagram>(
  packets: readonly Packet[],
  packet: Packet,
): Packet | undefined {
  const answer = headerOf(packet.bytes);
  if (packet.direction === 'out' || !answer) return undefined;
  const isTied = ({ type, isRequest, messageId, token }: Header): boolean =>
    answer.type === 'ACK' || answer.type === 'RST'
      ? type === 'CON' && messageId === answer.messageId
      : answer.isResponse && isRequest && token !== '' && token === answer.token;
  return packets.find(({ direction, number, peer, bytes }) => {
    if (direction === 'in' || number > packet.number || peerText(peer) !== peerText(packet.peer))
      return false;
    const sent = headerOf(bytes);
    return sent !== undefined && isTied(sent);
  });
}
