import { type Clock, systemClock } from '../base/clock.ts';
import { createEventLog, type EventLog } from './capture/event-log.ts';
import { encode } from './coap/codec.ts';
import { createDedupe } from './coap/dedupe.ts';
import { createInbox } from './coap/inbox.ts';
import { createOutbox } from './coap/outbox.ts';
import type { PacketLog, PlatformPacket } from './coap/packet-log.ts';
import type { Peer } from './coap/peer.ts';
import { createMessageIds, type Random, systemRandom } from './coap/random.ts';
import { createRequester, type GetOptions } from './coap/requester.ts';
import {
  type Answer,
  createScript,
  normalAnswer,
  normalReadAnswer,
  type ReadAnswer,
  type Script,
} from './coap/script.ts';
import { type OpenSocket, openSocket } from './coap/socket.ts';
import { createTimers } from './coap/timers.ts';
import { openTransport } from './coap/transport.ts';
import { createCredentialBook, type Credentials } from './lwm2m/credentials.ts';
import { type EventBody, type ReadResult, type Step } from './lwm2m/events.ts';
import { deviceInfoResources } from './lwm2m/read-object.ts';
import { createReadings } from './lwm2m/readings.ts';
import { createRegistry, type Registration } from './lwm2m/registry.ts';
import { createRequestHandler } from './lwm2m/request-handler.ts';

export interface PlatformOptions {
  readonly credentials: readonly Credentials[];
  /** IPv4 address and port; by default loopback and any free port. */
  readonly listen?: Peer;
  /**
   * Called for every packet, on arrival and just before sending, with the whole datagram. Must not throw.
   */
  readonly onPacket?: (packet: PlatformPacket) => void;
  /** The resources of object 666 to read after a registration; by default all that AT+QDMPCFGEX sets. */
  readonly readOnRegistration?: readonly number[];
  /** Seconds of a lifetime that pass in one second (`clock` in the rig file); by default 1. */
  readonly pace?: number;
  /** The IMEI of the rig's module: strangers in a flood do not push its registration out. */
  readonly imei?: string;
  readonly clock?: Clock;
  readonly random?: Random;
  /** By default a UDP socket. */
  readonly openSocket?: OpenSocket;
}

export interface Platform extends Pick<EventLog, 'events' | 'last' | 'onEvent' | 'waitFor'> {
  /** Where it listens, with the port that was bound. */
  address(): Peer;
  readonly packets: Omit<PacketLog, 'add'>;
  registrations(): readonly Registration[];
  /** How registrations, updates and deregistrations are answered; by the rules unless set. */
  readonly answerRegister: Answering<Answer>;
  readonly answerUpdate: Answering<Answer>;
  readonly answerDeregister: Answering<Answer>;
  /** How a client's separate response to a read is answered; with an ACK unless set. */
  readonly answerRead: Answering<ReadAnswer>;
  resetAnswers(): void;
  /**
   * Reads one resource of object 666 of a device.
   * @throws ABORTED, PLATFORM_CLOSED
   */
  read(registration: Registration, resource: number, options?: GetOptions): Promise<ReadResult>;
  /** Ends all readings without an event. For a device that has restarted: it cannot answer them any more. */
  stopReading(): void;
  /** Ends all waits (PLATFORM_CLOSED) and timers, and closes the socket. */
  close(): Promise<void>;
}

export type Answering<A> = Omit<Script<A>, 'next'>;

/**
 * Opens a CMDMP test platform (CMDMP.md §1): it takes registrations, updates and deregistrations over CoAP, and reads
 * the values that AT+QDMPCFGEX saved.
 * @throws USAGE, PLATFORM_LISTEN_FAILED
 */
export async function openPlatform(options: PlatformOptions): Promise<Platform> {
  const { clock = systemClock, random = systemRandom, pace = 1 } = options;
  const log = createEventLog(clock);
  const transport = await openTransport(options.listen ?? { address: '127.0.0.1', port: 0 }, {
    clock,
    onPacket: options.onPacket ?? (() => undefined),
    openSocket: options.openSocket ?? openSocket,
    // No datagram arrives before this function has ended, so `inbox` is set.
    receive: (peer, decoded, bytes) => inbox(peer, decoded, bytes),
    onTrouble: (peer, reason) => log.emit(peer, { type: 'undelivered', reason }),
  });
  const { send } = transport;
  const timers = createTimers(clock);
  const nextMessageId = createMessageIds(random);
  const outbox = createOutbox({ send: (peer, message) => send(peer, encode(message)), timers, random });
  const requester = createRequester({ outbox, clock, random, nextMessageId });
  const book = createCredentialBook(options.credentials);
  const scripts = createScripts();
  const readScript = createScript(normalReadAnswer);
  const dedupe = createDedupe(clock);
  const resources = options.readOnRegistration ?? deviceInfoResources;
  const readings = createReadings({ requester, book, resources, emit: log.emit });
  const registry = createRegistry({
    random,
    pace,
    imei: options.imei,
    onDropped: (one) => readings.end(one),
  });
  const emit = (peer: Peer, body: EventBody): void => {
    log.emit(peer, body);
    // A new registration starts the reading of its device (again); a deregistration ends it.
    if (body.type === 'registered') readings.begin(body.registration);
    if (body.type === 'deregistered') readings.end(body.registration);
  };
  const handleRequest = createRequestHandler({ book, registry, scripts, now: () => clock.now(), emit });
  const inbox = createInbox({
    dedupe,
    outbox,
    requester,
    handleRequest,
    readScript,
    timers,
    nextMessageId,
    send,
  });

  return {
    address: () => transport.address,
    packets: transport.packets,
    events: log.events,
    get last() {
      return log.last;
    },
    onEvent: log.onEvent,
    waitFor: log.waitFor,
    registrations: () => registry.live(clock.now()),
    answerRegister: scripts.register,
    answerUpdate: scripts.update,
    answerDeregister: scripts.deregister,
    answerRead: readScript,
    resetAnswers() {
      for (const script of Object.values(scripts)) script.always(normalAnswer);
      readScript.always(normalReadAnswer);
    },
    read: readings.read,
    stopReading: () => readings.endAll(),
    async close() {
      timers.close();
      requester.close();
      log.close();
      await transport.close();
    },
  };
}

const createScripts = (): Record<Step, Script<Answer>> => ({
  register: createScript(normalAnswer),
  update: createScript(normalAnswer),
  deregister: createScript(normalAnswer),
  other: createScript(normalAnswer),
});
