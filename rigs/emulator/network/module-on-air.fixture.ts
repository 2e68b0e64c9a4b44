import { type CommandLayer, openCommandLayer } from '../board/command-layer.fixture.ts';
import {
  acceptAll,
  type ClientOnAir,
  openClientOnAir,
  type Sent,
  type Server,
} from './client-on-air.fixture.ts';
import { coapOption, textsOf } from './coap.ts';

/** When the first registration is sent, s: half a second to attach, one from the socket to the packet. */
export const FIRST_S = 1.5;
export const SERVER = 'AT+QDMPCFG=1,127.0.0.1,5700,420';
const CREDENTIALS = 'AT+QDMPCFG=2,"M200000001","vector-3",1,861234567890123';

interface ModuleOnAir {
  readonly layer: CommandLayer;
  readonly air: ClientOnAir;
}

/** A module with a server on loopback, saved and in use, and its client. */
export function openModuleOnAir(
  server: Server | 'no socket' = acceptAll,
  settings: Record<string, string> = {},
): ModuleOnAir {
  const layer = openCommandLayer([], settings);
  layer.send(SERVER);
  layer.send(CREDENTIALS);
  layer.reboot();
  return { layer, air: openClientOnAir(layer.module, () => layer.clientPlan(), server) };
}

export const pathOf = ({ message }: Sent): readonly string[] => textsOf(message, coapOption.uriPath);
export const queriesOf = ({ message }: Sent): readonly string[] => textsOf(message, coapOption.uriQuery);

/** When each message was sent, s after the first registration. */
export const timesOf = ({ sent }: ClientOnAir): number[] => sent.map(({ at }) => at - FIRST_S);
