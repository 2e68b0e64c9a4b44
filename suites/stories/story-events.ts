import { inconclusive, notRun, type PlatformEvent, type TestPlatform } from '../../harness/jest/suite.ts';
import { isFromModule, NEVER_REACHED } from './module-events.ts';
import type { StateStory } from './state-watch.ts';

type EventOf<Type extends PlatformEvent['type']> = Extract<PlatformEvent, { type: Type }>;

export const isEvent =
  <Type extends PlatformEvent['type']>(type: Type) =>
  (event: PlatformEvent): event is EventOf<Type> =>
    event.type === type;

/** A request of this step has come. */
export const isRequest =
  (step: 'register' | 'update') =>
  (event: PlatformEvent): event is EventOf<'requested'> =>
    event.type === 'requested' && event.request.step === step;

/** How long an event is waited for, and after which. */
export interface Wait {
  readonly networkS: number;
  /** The number of the last event before. */
  readonly after: number;
  readonly what: string;
}

/** Waits for an event of the module; undefined when it does not come in time. */
export async function waitForModule<E extends PlatformEvent>(
  platform: TestPlatform,
  predicate: (event: PlatformEvent) => event is E,
  wait: Wait,
): Promise<E | undefined> {
  const mine = isFromModule(platform.events);
  try {
    return await platform.waitFor((event): event is E => predicate(event) && mine(event), wait);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'PLATFORM_TIMEOUT') return undefined;
    throw error;
  }
}

/**
 * What the wire showed, for a clause that rests on it. Where it did not, the clause cannot be judged: not-run, with what
 * the platform had to refuse, which is another clause's failure; or inconclusive, where somebody registered whom nothing
 * shows to be the module, or not to be.
 */
export function requireOnWire<E>(
  found: E | undefined,
  { events, strangers, reached }: Pick<StateStory, 'events' | 'strangers' | 'reached'>,
  what: string,
): E {
  if (found !== undefined) return found;
  if (!reached) return notRun(NEVER_REACHED);
  const unknown = strangers.find(isRequest('register'));
  if (unknown)
    return inconclusive(
      `${what}, but one came that nobody can runStory whose it is (${describeRequest(unknown)})`,
    );
  const refused = events.find(isEvent('refused'));
  return notRun(refused ? `${what}: the platform refused a ${refused.step} (${refused.reason})` : what);
}

/** Who sent a request, and what it asked for. */
const describeRequest = ({ peer, request }: EventOf<'requested'>): string =>
  `${request.method} ${request.path} from ${peer.address}:${peer.port}`;

export const describeSeconds = (s: number): string => `${s.toFixed(1)} s of network time`;
