import { createDecipheriv, createHash } from 'node:crypto';

import type { CommandLayer } from '../board/command-layer.fixture.ts';
import {
  type ClientOnAir,
  isRegistration,
  openClientOnAir,
  type Sent,
  type Server,
} from '../network/client-on-air.fixture.ts';
import type { ClientPlan } from '../network/client-plan.ts';
import { coapCode, coapOption, emptyMessage, textOption, textsOf } from '../network/coap.ts';
import type { Results, Steps } from './fault-expectations.fixture.ts';

export const PERIOD_S = 420;
export const KEY = 'vector-3';
export const enabled = 'AT+QDMPCFG=0,1';
export const disabled = 'AT+QDMPCFG=0,0';
export const server = `AT+QDMPCFG=1,127.0.0.1,5700,${PERIOD_S}`;
const credentials = `AT+QDMPCFG=2,"M200000001","${KEY}",1,861234567890123`;
export const subscriber = 'AT+QDMPCFGEX=4,0,"off","NB-IoT","XY05553867549","18009699999"';
const longLocation = '31.8438799075,117.2025477950,OTDOA '.repeat(3);
export const location = `AT+QDMPCFGEX=5,0,"${longLocation}"`;
export const allSaves = [enabled, server, credentials, subscriber, location];

/** Object 666 once everything is saved, by resource. */
export const savedDeviceInfo: Readonly<Record<number, string>> = {
  ...Object.fromEntries(Array.from({ length: 13 }, (_, index) => [6602 + index, 'NULL'])),
  6610: 'off',
  6611: 'NB-IoT',
  6612: 'XY05553867549',
  6613: '18009699999',
  6614: longLocation,
};

export const sendAndReboot = (layer: CommandLayer, ...commands: readonly string[]): void => {
  for (const command of commands) layer.send(command);
  layer.reboot();
};

interface Watched {
  readonly answers?: Server | 'no socket';
  readonly seconds: number;
  /** Changes of the client's plan, for the healthy module as well. */
  readonly plan?: Partial<ClientPlan>;
  /** Commands that are sent after 10 s. */
  readonly meanwhile?: readonly string[];
}

/** Runs the client for some network seconds: its packets and states. */
export function watchClient(
  layer: CommandLayer,
  { answers, seconds, plan, meanwhile = [] }: Watched,
): Results {
  const air = openClientOnAir(layer.module, () => ({ ...layer.clientPlan(), ...plan }), answers);
  const first = Math.min(10, seconds);
  air.advance(first);
  for (const command of meanwhile) layer.send(command);
  air.advance(seconds - first);
  air.client.end();
  return { ...describePackets(air), states: air.states, state: layer.module.dmState };
}

/** Saves everything, reboots, and watches the client. */
export const watchAfterSaving =
  (watched: Watched, settings: readonly string[] = allSaves): Steps =>
  (layer) => {
    sendAndReboot(layer, ...settings);
    return watchClient(layer, watched);
  };

function describePackets({ sent }: ClientOnAir): Results {
  const each = (of: (packet: Sent) => string | undefined): (string | undefined)[] => [
    ...new Set(sent.map(of)),
  ];
  const query = (name: string) =>
    each(({ message }) =>
      textsOf(message, coapOption.uriQuery)
        .find((text) => text.startsWith(`${name}=`))
        ?.slice(name.length + 1),
    ).filter((value) => value !== undefined);
  return {
    packets: sent.map(({ at, message }) => [at, pathOf(message)]),
    servers: each(({ to }) => `${to.address}:${to.port}`),
    names: query('ep').map(clearName),
    'names of updates': query('epi').map(clearName),
    lifetimes: query('lt'),
    objects: [
      ...new Set(
        sent.filter(({ message }) => isRegistration(message)).map(({ message }) => String(message.payload)),
      ),
    ],
  };
}

const methods = new Map<number, string>([
  [coapCode.post, 'POST'],
  [coapCode.delete, 'DELETE'],
]);

const pathOf = (message: Sent['message']): string =>
  `${methods.get(message.code) ?? message.code} ${textsOf(message, coapOption.uriPath).join('/')}`;

/** An endpoint name with its encrypted part decrypted. */
const clearName = (name: string): string =>
  name
    .split('@#@')
    .map((part, index) => (index === 1 ? decrypt(part) : part))
    .join(' ');

/** Decrypts with the saved key (CMDMP.md §1.2); says so when another key was used. */
function decrypt(text: string): string {
  const decipher = createDecipheriv(
    'aes-256-cbc',
    createHash('sha256').update(KEY).digest(),
    Buffer.alloc(16),
  );
  try {
    return Buffer.concat([decipher.update(text, 'base64'), decipher.final()]).toString('latin1');
  } catch {
    return `not by the saved key: ${text}`;
  }
}

/** Reads each resource of object 666 once the module has registered; `meanwhile` are commands sent before. */
export function readDeviceInfo(layer: CommandLayer, meanwhile: readonly string[] = []): Results {
  const air = openClientOnAir(layer.module, () => layer.clientPlan());
  air.advance(5);
  for (const command of meanwhile) layer.send(command);
  const seen = Object.keys(savedDeviceInfo).map((resource, index) => {
    const before = air.sent.length;
    air.receive({
      ...emptyMessage('ACK', 7 + index),
      type: 'CON',
      code: coapCode.get,
      options: ['666', '0', resource].map((segment) => textOption(coapOption.uriPath, segment)),
    });
    const answers = air.sent.slice(before).map(({ message }) => message);
    return [
      resource,
      answers.map(({ code, payload }) => (code === coapCode.content ? decrypt(String(payload)) : code)),
    ];
  });
  const { objects } = describePackets(air);
  air.client.end();
  return { ...(Object.fromEntries(seen) as Results), objects };
}
