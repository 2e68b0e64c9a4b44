import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

import { encrypt, keysOf } from '../lwm2m/secret.ts';
import { decode, encode, type Message } from './codec.ts';
import { option, textOption, uintOption } from './options.ts';
import type { Peer } from './peer.ts';

/** A module's end of the line, for tests: sends what it is told, answers nothing on its own. */
export interface TestClient {
  readonly port: number;
  send(message: Message): void;
  sendBytes(bytes: Uint8Array): void;
  /** The next message from the platform, in order; none is lost between two calls. */
  next(): Promise<Message>;
  /**
   * Everything the platform has sent and not yet been asked for: a ping is sent after all before, and its
   * Reset ends the list (loopback keeps the order).
   */
  settled(): Promise<Message[]>;
  close(): void;
}

const PING_ID = 0xfffe;

export async function openTestClient(platform: Peer): Promise<TestClient> {
  const socket = createSocket('udp4');
  const arrived: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  socket.on('message', (bytes) => {
    const decoded = decode(bytes);
    assert.ok('message' in decoded, 'the platform sent what is no message');
    const waiter = waiting.shift();
    if (waiter) waiter(decoded.message);
    else arrived.push(decoded.message);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const sendBytes = (bytes: Uint8Array): void => socket.send(bytes, platform.port, platform.address);
  const send = (message: Message): void => sendBytes(encode(message));
  const next = (): Promise<Message> => {
    const first = arrived.shift();
    return first ? Promise.resolve(first) : new Promise((resolve) => waiting.push(resolve));
  };
  return {
    port: socket.address().port,
    send,
    sendBytes,
    next,
    async settled() {
      send(request('0.00', '', { messageId: PING_ID, token: [] }));
      const seen: Message[] = [];
      for (;;) {
        const message = await next();
        if (message.type === 'RST' && message.messageId === PING_ID) return seen;
        seen.push(message);
      }
    },
    close: () => socket.close(),
  };
}

interface RequestDetails {
  readonly messageId?: number;
  readonly token?: readonly number[];
  readonly query?: readonly string[];
  readonly payload?: string;
  readonly type?: Message['type'];
  readonly contentFormat?: number;
}

/** A request, confirmable unless told. */
export function request(code: string, path: string, details: RequestDetails = {}): Message {
  const { messageId = 1, token = [1, 2, 3, 4], query = [], payload = '', type = 'CON' } = details;
  return {
    type,
    code,
    messageId,
    token: Uint8Array.from(token),
    options: [
      ...path
        .split('/')
        .slice(1)
        .map((segment) => textOption(option.uriPath, segment)),
      ...(details.contentFormat === undefined
        ? []
        : [uintOption(option.contentFormat, details.contentFormat)]),
      ...query.map((item) => textOption(option.uriQuery, item)),
    ],
    payload: Buffer.from(payload, 'latin1'),
  };
}

export const APP_KEY = 'M100000089';
export const PASSWORD = 'a-password';
export const IMEI = '863703030822519';

/** An endpoint name of the three-part generation. `last` is the DM version in `ep`, `****` in `epi`. */
export const endpointName = (last: string, password = PASSWORD, letter = 'I'): string =>
  `${letter}@#@${encrypt(keysOf(password)[0]!, `${IMEI}-****-460001234567890-${last}`)}@#@${APP_KEY}`;

/** The registration MTK's client sends (CMDMP.md §1.3). */
export const registerRequest = (details: RequestDetails = {}): Message =>
  request('0.02', '/rd', {
    query: [`ep=${endpointName('v2.0')}`, 'b=U', 'lt=86400'],
    payload: '</>;rt="oma.lwm2m",</0/0>',
    contentFormat: 40,
    ...details,
  });

/** The location a 2.01 response gives, with slashes. */
export const locationOf = ({ options }: Message): string =>
  options
    .filter(({ number }) => number === option.locationPath)
    .map(({ value }) => `/${Buffer.from(value).toString('latin1')}`)
    .join('');

/** Seeded numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
