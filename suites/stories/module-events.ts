import type { Fixtures, PlatformEvent, TestPlatform } from '../../harness/jest/suite.ts';

type Peer = PlatformEvent['peer'];
type LoggedPacket = TestPlatform['packets']['all'][number];

/** The form of an endpoint name that only clients of this platform use (CMDMP.md §1.2), decrypted or not. */
const endpointName = /^epi?=[^=]*@#@/;

/** Whether the platform proves the sender: it decrypted the name, or the location is one that it assigned. */
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

/** Whether the test holds for the event itself or for another event of the same peer. */
const orBySamePeer =
  (test: EventTest) =>
  (events: readonly PlatformEvent[]) =>
  (event: PlatformEvent): boolean =>
    test(event, events) || events.some((one) => samePeer(one.peer, event.peer) && test(one, events));

/**
 * Whether an event comes from the module. A platform that a module reaches over the air can be reached by everyone:
 * scanners try every address at CoAP's port, and what they send must not be judged.
 * @param events all events of the platform
 */
export const isFromModule = orBySamePeer(isNamed);

/** The same with proof: a name that the platform could not decrypt does not count. */
export const isProvenFromModule = orBySamePeer(isProven);

/**
 * Whether a packet answers a message of the platform, and comes from where the module was seen: it is the module's, late,
 * and none that the module sent by itself.
 */
export const isLateAnswer = ({ events, packets }: Pick<TestPlatform, 'events' | 'packets'>) => {
  return (packet: LoggedPacket): boolean =>
    events.some((one) => samePeer(one.peer, packet.peer) && isProven(one, events)) &&
    packets.answeredBy(packet) !== undefined;
};

/**
 * Whether the module is known to reach the platform: it was seen there in this run, or runs on this machine. Otherwise
 * its silence proves nothing: `reachableAs` may be wrong, or a firewall or NAT in the way.
 */
export const isModuleReachable = ({ onThisMachine, events }: TestPlatform): boolean =>
  onThisMachine || events.some(isFromModule(events));

/**
 * Why the module's silence is no failure: SIM or network are none that a client serves, and the module was never seen at
 * the platform. Undefined otherwise: a module that speaks all the same is judged.
 */
export function whySilent({ board, platform }: Pick<Fixtures, 'board' | 'platform'>): string | undefined {
  const { idleBecause } = board;
  if (idleBecause === undefined || platform.events.some(isFromModule(platform.events))) return undefined;
  return `${idleBecause}, and this module sent nothing to the platform`;
}

/** Why clauses are inconclusive that need packets of the module when it never reached the platform. */
export const NEVER_REACHED =
  'the module never reached the platform in this run: check reachableAs, the firewall and NAT';
