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
import { createTimers } from './coap/timers.ts';
import { openTransport } from './coap/transport.ts';
import { createCredentialBook, type Credentials } from './lwm2m/credentials.ts';
import { type EventBody, type ReadResult, type Step } from './lwm2m/events.ts';
import { deviceInfoResources } from './lwm2m/read-object.ts';
import { createReadings } from './lwm2m/readings.ts';
import { createRegistry, type Registration } from './lwm2m/registry.ts';
import { createRequestHandler } from './lwm2m/request-handler.ts';

export interface PlatformOptions {
  /** The accounts it knows. */
  readonly credentials: readonly Credentials[];
  /** IPv4 address and port; unless told, loopback and any free port. */
  readonly listen?: Peer;
  /**
   * Hears of every packet, on arrival and just before sending; must not throw. `bytes` are the whole
   * datagram.
   */
  readonly onPacket?: (packet: PlatformPacket) => void;
  /** The resources of object 666 read after a registration; all that AT+QDMPCFGEX fills unless told. */
  readonly readOnRegistration?: readonly number[];
  /** Seconds of a lifetime that pass in a second (the rig file's `clock`); 1 unless told. */
  readonly pace?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** The test platform, listening. */
export interface Platform extends Pick<EventLog, 'events' | 'last' | 'onEvent' | 'waitFor'> {
  /** Where it listens; the bound port, if any free one was asked for. */
  address(): Peer;
  readonly packets: Omit<PacketLog, 'add'>;
  registrations(): readonly Registration[];
  /** How registrations, updates and deregistrations are answered; by the rules until told. */
  readonly answerRegister: Answering<Answer>;
  readonly answerUpdate: Answering<Answer>;
  readonly answerDeregister: Answering<Answer>;
  /** How a client's separate response to a read is answered; with an ACK until told. */
  readonly answerRead: Answering<ReadAnswer>;
  /** Takes back every answer that was set. */
  byTheRules(): void;
  /**
   * Reads one resource of a device's object 666.
   * @throws ABORTED, PLATFORM_CLOSED
   */
  read(registration: Registration, resource: number, options?: GetOptions): Promise<ReadResult>;
  /** Ends every reading that is under way, without an event: who was read has restarted. */
  stopReading(): void;
  /** Ends every wait (PLATFORM_CLOSED) and every timer, closes the socket. */
  close(): Promise<void>;
}

/** Changes how a step is answered, while the platform runs. */
export type Answering<A> = Omit<Script<A>, 'next'>;

/**
 * Opens a CMDMP test platform (CMDMP.md §1): registration, update and deregistration over CoAP, and
 * reading what AT+QDMPCFGEX saved.
 * @throws USAGE, PLATFORM_LISTEN_FAILED
 */
export async function openPlatform(options: PlatformOptions): Promise<Platform> {
  const { clock = systemClock, random = systemRandom, pace = 1 } = options;
  const log = createEventLog(clock);
  const transport = await openTransport(options.listen ?? { address: '127.0.0.1', port: 0 }, {
    clock,
    onPacket: options.onPacket ?? (() => undefined),
    // No datagram is received before this function has run to its end.
    receive: (peer, decoded, bytes) => inbox(peer, decoded, bytes),
    onTrouble: (peer, reason) => log.emit(peer, { type: 'undelivered', reason }),
  });
  const { send } = transport;
  const timers = createTimers(clock);
  const nextMessageId = createMessageIds(random);
  const outbox = createOutbox({ send: (peer, message) => send(peer, encode(message)), timers, random });
  const requester = createRequester({ outbox, clock, random, nextMessageId });
  const book = createCredentialBook(options.credentials);
  const registry = createRegistry({ random, pace });
  const scripts = createScripts();
  const readScript = createScript(normalReadAnswer);
  const dedupe = createDedupe(clock);
  const resources = options.readOnRegistration ?? deviceInfoResources;
  const readings = createReadings({ requester, book, resources, emit: log.emit });
  const emit = (peer: Peer, body: EventBody): void => {
    log.emit(peer, body);
    // A registration is read while it lives: a new one begins it (again), the end of one ends it.
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
    byTheRules() {
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
