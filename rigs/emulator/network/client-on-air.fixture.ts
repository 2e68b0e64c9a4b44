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

/** For tests: a client with a clock that is moved by hand, and a server that is a function. */
export interface ClientOnAir {
  readonly clock: ManualClock;
  readonly client: Client;
  /** What the client sent, and when (s). */
  readonly sent: readonly Sent[];
  /** The states it showed, and when (s). */
  readonly states: readonly (readonly [at: number, state: number])[];
  /** Sockets that are open. */
  readonly openSockets: number;
  /** A datagram from the server, or from elsewhere. */
  receive(message: CoapMessage, from?: Address): void;
  /** Moves on by network seconds. */
  advance(seconds: number): void;
}

export interface Sent {
  readonly at: number;
  readonly to: Address;
  readonly message: CoapMessage;
}

/** What the server answers to the `count`-th message, from 1 on. */
export type Server = (message: CoapMessage, count: number) => readonly CoapMessage[];

/** The location the accepting server gives. */
export const LOCATION = ['rd', 'a1b2c3d4e5'];

/**
 * @param server what answers; `no socket`: the client gets none
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

/** A piggybacked response. */
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

/** Answers nothing. */
export const answerNothing: Server = () => [];

/** Accepts registrations, and does this with updates. */
export const answerUpdates =
  (update: Server): Server =>
  (message, count) =>
    isUpdate(message) ? update(message, count) : acceptAll(message, count);

/** Refuses everything with this code. */
export const refuseAll =
  (code: number): Server =>
  (message) => [responseTo(message, code)];
