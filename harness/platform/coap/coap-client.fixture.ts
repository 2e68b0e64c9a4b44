import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

import { decode, encode, type Message } from './codec.ts';
import { option, textOption, uintOption } from './options.ts';
import type { Peer } from './peer.ts';

/** A CoAP client that plays the module in tests. It sends only what a test asks it to; it answers nothing by itself. */
export interface CoapClient {
  readonly port: number;
  send(message: Message): void;
  sendBytes(bytes: Uint8Array): void;
  /** The next message from the platform, in order; none is lost between two calls. */
  next(): Promise<Message>;
  /**
   * All messages that `next` has not returned yet. A ping is sent last, and the platform's Reset for it ends
   * the list (loopback keeps the order).
   */
  drain(): Promise<Message[]>;
  close(): void;
}

const PING_ID = 0xfffe;

export async function openCoapClient(platform: Peer): Promise<CoapClient> {
  const socket = createSocket('udp4');
  const arrived: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  socket.on('message', (bytes) => {
    const decoded = decode(bytes);
    assert.ok('message' in decoded, 'the platform sent a malformed message');
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
    async drain() {
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

export interface RequestDetails {
  readonly messageId?: number;
  readonly token?: readonly number[];
  readonly query?: readonly string[];
  readonly payload?: string;
  readonly type?: Message['type'];
  readonly contentFormat?: number;
}

/** A request; confirmable by default. */
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
