import { inconclusive, notRun, type PlatformEvent, type TestPlatform } from '../../harness/jest/suite.ts';
import { isFromModule, NEVER_REACHED } from './module-events.ts';
import type { StateStory } from './state-watch.ts';

type EventOf<Type extends PlatformEvent['type']> = Extract<PlatformEvent, { type: Type }>;

export const isEvent =
  <Type extends PlatformEvent['type']>(type: Type) =>
  (event: PlatformEvent): event is EventOf<Type> =>
    event.type === type;

/** Whether an event is a request of this step. */
export const isRequest =
  (step: 'register' | 'update') =>
  (event: PlatformEvent): event is EventOf<'requested'> =>
    event.type === 'requested' && event.request.step === step;

/** How long to wait for an event, and from where on. */
export interface Wait {
  /** s of network time */
  readonly networkS: number;
  /** Only events with a higher number count. */
  readonly after: number;
  /** Names the event in messages. */
  readonly what: string;
}

/** Waits for an event that comes from the module; undefined if it does not come in time. */
export async function waitForModule<E extends PlatformEvent>(
  platform: TestPlatform,
  predicate: (event: PlatformEvent) => event is E,
  wait: Wait,
): Promise<E | undefined> {
  const fromModule = isFromModule(platform.events);
  try {
    return await platform.waitFor((event): event is E => predicate(event) && fromModule(event), wait);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'PLATFORM_TIMEOUT') return undefined;
    throw error;
  }
}

/**
 * Returns what was found on the wire, for a clause that depends on it. If nothing was found, the clause cannot be judged:
 * it ends not-run, with a request that the platform refused, if any (another clause judges that); or inconclusive, if
 * a registration came that may or may not be the module's.
 */
export function requireOnWire<E>(
  found: E | undefined,
  { events, strangers, reached }: Pick<StateStory, 'events' | 'strangers' | 'reached'>,
  what: string,
): E {
  if (found !== undefined) return found;
  if (!reached) return inconclusive(NEVER_REACHED);
  const unknown = strangers.find(isRequest('register'));
  if (unknown)
    return inconclusive(`${what}, but a registration of unknown origin came (${describeRequest(unknown)})`);
  const refused = events.find(isEvent('refused'));
  return notRun(refused ? `${what}: the platform refused a ${refused.step} (${refused.reason})` : what);
}

/** A request and its sender, in words. */
const describeRequest = ({ peer, request }: EventOf<'requested'>): string =>
  `${request.method} ${request.path} from ${peer.address}:${peer.port}`;

/** A duration in words. */
export const describeSeconds = (s: number): string => `${s.toFixed(1)} s of network time`;
