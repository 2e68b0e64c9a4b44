import type { PlatformEvent, TestPlatform } from '../../harness/jest/suite.ts';

type Peer = PlatformEvent['peer'];

/** A name such as only clients of this platform give themselves (CMDMP.md §1.2), decrypted or not. */
const endpointName = /^epi?=[^=]*@#@/;

/** The platform itself says whose it is: it decrypted the name, or it gave the location. */
const isProven = (event: PlatformEvent, events: readonly PlatformEvent[]): boolean =>
  'registration' in event ||
  (event.type === 'requested' &&
    (event.endpoint !== undefined ||
      events.some((one) => one.type === 'registered' && one.registration.location === event.request.path)));

const isNamed = (event: PlatformEvent, events: readonly PlatformEvent[]): boolean =>
  isProven(event, events) ||
  (event.type === 'requested' && event.request.query.some((item) => endpointName.test(item)));

const samePeer = (one: Peer, other: Peer): boolean =>
  one.port === other.port && one.address === other.address;

type EventTest = typeof isProven;

/** By itself, or since its peer said so in another event. */
const orBySamePeer =
  (says: EventTest) =>
  (events: readonly PlatformEvent[]) =>
  (event: PlatformEvent): boolean =>
    says(event, events) || events.some((one) => samePeer(one.peer, event.peer) && says(one, events));

/**
 * Whether an event is the module's. A platform that a module reaches over the air is reached by anybody: scanners try
 * every address at CoAP's port, and what they send says nothing of the module.
 * @param events all that the platform has seen
 */
export const isFromModule = orBySamePeer(isNamed);

/** The same beyond doubt: not by a name that the platform could not decrypt. */
export const isProvenFromModule = orBySamePeer(isProven);

/**
 * Whether a module's silence says anything: it was seen at the platform in this run, or runs on this machine. Any other
 * may not get through, for a wrong `reachableAs`, a firewall or NAT.
 */
export const isModuleReachable = ({ onThisMachine, events }: TestPlatform): boolean =>
  onThisMachine || events.some(isFromModule(events));

/** Why a clause that rests on what the module sends is not run where it never got through. */
export const NEVER_REACHED =
  'the module never reached the platform in this run: check reachableAs, the firewall and NAT';
