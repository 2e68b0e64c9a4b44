import { createSocket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';

import type { Server } from './client-on-air.fixture.ts';
import { type CoapMessage, decodeCoap, encodeCoap } from './coap.ts';

/** Time limit for everything here, ms. */
export const LIMIT_MS = 10_000;

/** A UDP server on loopback, which answers as a function says. */
export interface UdpServer {
  readonly port: number;
  readonly received: readonly Received[];
  /** Settles once the `count`-th message has arrived, counted from 1. */
  waitFor(count: number): Promise<Received>;
  close(): Promise<void>;
}

interface Received {
  /** Monotonic, ms. */
  readonly at: number;
  readonly port: number;
  readonly message: CoapMessage;
}

export async function openUdpServer(answer: Server): Promise<UdpServer> {
  const received: Received[] = [];
  const news = new EventEmitter();
  const socket = createSocket('udp4');
  socket.on('message', (bytes, { port, address }) => {
    const message = decodeCoap(bytes);
    if (!message) throw new Error(`the client sent what is no message: ${bytes.toString('hex')}`);
    received.push({ at: performance.now(), port, message });
    for (const reply of answer(message, received.length)) socket.send(encodeCoap(reply), port, address);
    news.emit('message');
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    received,
    async waitFor(count) {
      const signal = AbortSignal.timeout(LIMIT_MS);
      while (received.length < count) await once(news, 'message', { signal });
      return received[count - 1] as Received;
    },
    async close() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
