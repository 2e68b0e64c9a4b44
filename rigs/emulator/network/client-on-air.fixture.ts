import { ManualClock } from '../base/manual-clock.fixture.ts';
import type { Module } from '../module/handler.ts';
import { Client } from './client.ts';
import type { ClientPlan } from './client-plan.ts';
import {
  coapCode,
  type CoapMessage,
  coapOption,
  decodeCoap,
  encodeCoap,
  textOption,
  textsOf,
} from './coap.ts';
import type { Address, OpenSocket } from './loopback-socket.ts';
import { networkTime } from './network-time.ts';

/** A client with a clock that tests move, and a server that is a function. */
export interface ClientOnAir {
  readonly clock: ManualClock;
  readonly client: Client;
  /** The messages that the client sent. */
  readonly sent: readonly Sent[];
  /** The states that it showed, and when (network time, s). */
  readonly states: readonly (readonly [at: number, state: number])[];
  readonly openSockets: number;
  /** Delivers a datagram from the server, or from another address. */
  receive(message: CoapMessage, from?: Address): void;
  /** Moves the clock by network seconds. */
  advance(seconds: number): void;
}

export interface Sent {
  readonly at: number;
  readonly to: Address;
  readonly message: CoapMessage;
}

/** Returns the server's answers to the `count`-th message, counted from 1. */
export type Server = (message: CoapMessage, count: number) => readonly CoapMessage[];

/** The location that `created` gives. */
export const LOCATION = ['rd', 'a1b2c3d4e5'];

/**
 * @param server answers messages; `no socket`: the client gets no socket
 */
export function openClientOnAir(
  module: Module,
  plan: () => ClientPlan,
  server: Server | 'no socket' = acceptAll,
): ClientOnAir {
  const answers = server === 'no socket' ? answerNothing : server;
  const clock = new ManualClock();
  const time = networkTime(clock, 1);
  const states: [number, number][] = [];
  const sent: Sent[] = [];
  const sockets = new Set<(bytes: Buffer, from: Address) => void>();
  const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
  const openSocket: OpenSocket = (events) => {
    const hear = (bytes: Buffer, from: Address): void => events.arrived(bytes, from);
    sockets.add(hear);
    clock.at(clock.now(), () => (server === 'no socket' ? events.failed() : events.opened()));
    return {
      send(bytes, to) {
        const message = decodeCoap(bytes);
        if (!message || !sockets.has(hear)) throw new Error('sent what is no message, or after the end');
        sent.push({ at: round(time.now()), to, message });
        for (const answer of answers(message, sent.length)) {
          clock.at(clock.now(), () => sockets.has(hear) && hear(encodeCoap(answer), to));
        }
      },
      close: () => sockets.delete(hear),
    };
  };
  const watched = new Proxy(module, {
    set(target, name, value) {
      if (name === 'dmState') states.push([round(time.now()), value as number]);
      return Reflect.set(target, name, value);
    },
  });
  const client = new Client({ module: watched, time, openSocket, plan });
  return {
    clock,
    client,
    sent,
    states,
    get openSockets() {
      return sockets.size;
    },
    receive(message, from = plan().server) {
      for (const hear of sockets) hear(encodeCoap(message), from);
    },
    advance: (seconds) => clock.advance(seconds * 1000),
  };
}

/** A response in the ACK. */
export const responseTo = (
  { id, token }: CoapMessage,
  code: number,
  changes: Partial<CoapMessage> = {},
): CoapMessage => ({ type: 'ACK', code, id, token, options: [], payload: Buffer.alloc(0), ...changes });

export const isRegistration = (message: CoapMessage): boolean =>
  message.code === coapCode.post && textsOf(message, coapOption.uriPath).join('/') === 'rd';

const isUpdate = (message: CoapMessage): boolean =>
  message.code === coapCode.post && !isRegistration(message);

/** 2.01 with a location. */
export const created = (request: CoapMessage): CoapMessage =>
  responseTo(request, coapCode.created, {
    options: LOCATION.map((segment) => textOption(coapOption.locationPath, segment)),
  });

/** Accepts every registration and update. */
export const acceptAll: Server = (message) => {
  if (isRegistration(message)) return [created(message)];
  return isUpdate(message) ? [responseTo(message, coapCode.changed)] : [];
};

export const answerNothing: Server = () => [];

/** Accepts registrations; `update` answers updates. */
export const answerUpdates =
  (update: Server): Server =>
  (message, count) =>
    isUpdate(message) ? update(message, count) : acceptAll(message, count);

/** Refuses everything with this code. */
export const refuseAll =
  (code: number): Server =>
  (message) => [responseTo(message, code)];
