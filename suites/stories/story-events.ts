import {
  type Arranged,
  type Fixtures,
  inconclusive,
  notRun,
  type PlatformEvent,
  type TestPlatform,
} from '../../harness/jest/suite.ts';
import { type Enrolment, updatePeriod } from './enrolment.ts';
import { isFromModule, NEVER_REACHED } from './module-events.ts';
import { once } from './once-per-story.ts';
import { endStory, type StateStory } from './state-watch.ts';

type EventOf<Type extends PlatformEvent['type']> = Extract<PlatformEvent, { type: Type }>;

/** Saves what the module needs to find the rig's platform, with access enabled; in use after a reboot. */
export async function enrol(
  { module, platform }: Fixtures,
  { appKey, password, tmlType, tmlImei }: Enrolment,
  period = updatePeriod,
): Promise<void> {
  const { serverIP, serverPort } = platform;
  await module.access.saveServer({ serverIP, serverPort, updatePeriod: period });
  await module.access.saveCredentials({ appKey, password, tmlType, tmlImei });
  await module.access.saveMode(1);
}

/** The platform's answers are the rules' again, and the module's next boot contacts nobody. */
async function retire({ module, platform }: Fixtures): Promise<void> {
  platform.byTheRules();
  await module.access.saveMode(0);
}

/** What a story is told with: a test's fixtures, and the reboot it begins with. */
export type StoryFixtures = Fixtures & Pick<Arranged<StateStory>, 'boot'>;

/**
 * A story, told once however many clauses ask for it: what happens from the reboot on. However it ends, the
 * platform and the module are left as the next one expects them.
 */
export const oncePerStory = <Result>(
  tell: (all: StoryFixtures, story: StateStory) => Promise<Result>,
): ((all: StoryFixtures, story: StateStory) => Promise<Result>) =>
  once(async (all: StoryFixtures, story: StateStory) => {
    // What the module of before the reboot still sent is no part of it.
    story.begunAt = all.boot.begunAt;
    const before = all.platform.events.findLast(({ at }) => at < story.begunAt);
    story.after = before?.number ?? story.after;
    all.platform.stopReading();
    try {
      const result = await tell(all, story);
      endStory(all.platform, story);
      return result;
    } finally {
      await retire(all);
    }
  });

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
      `${what}, but one came that nobody can tell whose it is (${describeRequest(unknown)})`,
    );
  const refused = events.find(isEvent('refused'));
  return notRun(refused ? `${what}: the platform refused a ${refused.step} (${refused.reason})` : what);
}

/** Who sent a request, and what it asked for. */
const describeRequest = ({ peer, request }: EventOf<'requested'>): string =>
  `${request.method} ${request.path} from ${peer.address}:${peer.port}`;

export const describeSeconds = (s: number): string => `${s.toFixed(1)} s of network time`;
