import { createSocket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';

import { systemClock } from '../base/clock.ts';
import { type CommandLayer, openCommandLayer } from '../board/command-layer.fixture.ts';
import type { Server } from './client-on-air.fixture.ts';
import { type CoapMessage, decodeCoap, encodeCoap } from './coap.ts';
import { openLoopbackSocket } from './loopback-socket.ts';
import { openNetwork } from './network.ts';

/** For tests: nothing here takes longer, ms. */
export const LIMIT_MS = 10_000;

/** A server on loopback, whose answers a function gives. */
export interface UdpServer {
  readonly port: number;
  readonly received: readonly Received[];
  /** The `count`-th message that arrived, from 1 on, as soon as it has. */
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

/** A module on the network of this machine, with the clock of this machine. */
export interface Joined {
  readonly layer: CommandLayer;
  /** What it showed, and when (monotonic, ms). */
  readonly states: readonly (readonly [at: number, state: number])[];
  /** Settles with the moment this state is shown, or was. */
  waitForState(state: number): Promise<number>;
  leave(): void;
}

interface JoinOptions {
  readonly settings?: Record<string, string>;
  /** What it is sent before it joins. */
  readonly commands?: readonly string[];
  /** The update period it has saved. */
  readonly periodS?: number;
}

/**
 * @param port of its server on 127.0.0.1
 * @param factor network seconds per second
 */
export function joinModule(
  port: number,
  factor: number,
  { settings = {}, commands = [], periodS = 300 }: JoinOptions = {},
): Joined {
  const layer = openCommandLayer([], settings);
  for (const command of [`AT+QDMPCFG=1,127.0.0.1,${port},${periodS}`, ...commands]) layer.send(command);
  layer.reboot();
  const states: [number, number][] = [];
  const news = new EventEmitter();
  const watched = new Proxy(layer.module, {
    set(target, name, value: number) {
      states.push([performance.now(), value]);
      news.emit('state');
      return Reflect.set(target, name, value);
    },
  });
  const network = openNetwork({ clock: systemClock, factor, openSocket: openLoopbackSocket });
  const leave = network.join(watched, () => layer.clientPlan());
  return {
    layer: layer,
    states,
    async waitForState(wanted) {
      const signal = AbortSignal.timeout(LIMIT_MS);
      for (;;) {
        const found = states.find(([, state]) => state === wanted);
        if (found) return found[0];
        await once(news, 'state', { signal });
      }
    },
    leave,
  };
}
