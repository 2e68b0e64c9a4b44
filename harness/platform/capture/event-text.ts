import { toMs } from '../../base/clock.ts';
import { escapeText } from '../../base/escape.ts';
import type { PlatformPacket } from '../coap/packet-log.ts';
import { peerText } from '../coap/peer.ts';
import { codeText } from '../coap/summary.ts';
import type { Endpoint } from '../lwm2m/endpoint-name.ts';
import { type PlatformEvent, type ReadResult } from '../lwm2m/events.ts';

/** The ms from `start` to `at` (both monotonic ns), with three decimals. */
const timeText = (at: bigint, start: bigint): string =>
  toMs(at - start)
    .toFixed(3)
    .padStart(12);

export const packetLine = ({ direction, at, peer, summary }: PlatformPacket, start: bigint): string =>
  `${timeText(at, start)} ms  ${direction === 'in' ? '<-' : '->'} ${peerText(peer)}  ${summary}`;

/** A remark on one line; `text` is not escaped. */
export const noteLine = (text: string, at: bigint, start: bigint): string =>
  `${timeText(at, start)} ms     ${text}`;

/** An event on one line, escaped; undefined if the packet's line says everything. */
export function eventLine(event: PlatformEvent, start: bigint): string | undefined {
  const text = eventText(event);
  return text && noteLine(escapeText(text).replaceAll(/[\t\n]/g, ' '), event.at, start);
}

function eventText(event: PlatformEvent): string | undefined {
  switch (event.type) {
    case 'requested':
      return undefined;
    case 'registered': {
      const { location, lifetimeS, endpoint } = event.registration;
      return `registered as ${location} for ${lifetimeS} s: ${endpointText(endpoint)}`;
    }
    case 'updated':
      return `updated ${event.registration.location}${event.endpoint ? '' : ', without epi'}`;
    case 'deregistered':
      return `deregistered ${event.registration.location}`;
    case 'refused':
      return `${event.step} refused: ${codeText(event.code)}, ${event.reason}`;
    case 'unanswered':
      return `${event.step} gets ${event.how}`;
    case 'read':
      return `/666/0/${event.resource} of ${event.registration.location}: ${resultText(event.result)}`;
    case 'undelivered':
      return `not sent: ${event.reason}`;
  }
}

const endpointText = ({ letter, appKey, clear, identity, keyForm }: Endpoint): string =>
  `terminal ${letter}, app key ${appKey}, IMEI ${identity.imei1}, module ${identity.imei2}, ` +
  `IMSI ${identity.imsi}, version ${identity.last}${clear ? `, in clear ${clear.imei} ${clear.version}` : ''}` +
  `${keyForm === 'truncated' ? ', encrypted with the truncated key' : ''}`;

function resultText(result: ReadResult): string {
  switch (result.outcome) {
    case 'value':
      return `"${result.text}"`;
    case 'undecryptable':
      return `cannot be decrypted: "${result.raw}"`;
    case 'refused':
      return codeText(result.code);
    case 'malformed':
      return `malformed answer, ${result.reason}`;
    case 'reset':
      return 'reset';
    case 'silent':
      return 'no answer';
  }
}
