import type { PlatformEvent, TestModule, TestPlatform } from '../../harness/jest/suite.ts';
import { isFromModule, isModuleReachable } from './module-events.ts';

type LoggedPacket = TestPlatform['packets']['all'][number];

/** An access state as the module showed it, from the first answer that showed it on. */
export interface StateSeen {
  readonly dmstate: number;
  /** When the answer that showed it had arrived, ns. */
  readonly seenAt: bigint;
}

/** One question for the access state and its answer, ns of the monotonic clock. */
export interface StatePoll {
  readonly dmstate: number;
  readonly askedAt: bigint;
  readonly answeredAt: bigint;
}

/** What was seen since a reboot: states as they changed, and what happened at the platform meanwhile. */
export interface StateStory {
  readonly name: string;
  readonly states: StateSeen[];
  /** Every answer by itself. */
  readonly polls: StatePoll[];
  /** What happened at the platform, as far as it is the module's. */
  readonly events: PlatformEvent[];
  /** What happened there meanwhile, and nothing says that it was the module. */
  readonly strangers: PlatformEvent[];
  /** Whether the module is known to get through to the platform (`isReached`). */
  reached: boolean;
  /** When the module's life after the reboot began, ns. */
  begunAt: bigint;
  /** The platform's last event before the story. */
  after: number;
  /** Its packets, the module's and strangers'. */
  readonly packets: LoggedPacket[];
  /** Network seconds per second, and how wrong a time measured by them may be, s (`TestPlatform`). */
  readonly clock: number;
  readonly toleranceS: number;
  /** Whether it was told to its end. */
  isComplete: boolean;
  /** The longest time between two answers while states were watched, s of network time. */
  blindS: number;
}

/** The story begins: what the platform saw before is over. */
export const beginStory = (name: string, platform: TestPlatform): StateStory => ({
  name,
  states: [],
  polls: [],
  events: [],
  strangers: [],
  reached: false,
  begunAt: 0n,
  after: platform.last,
  packets: [],
  clock: platform.clock,
  toleranceS: platform.toleranceS,
  isComplete: false,
  blindS: 0,
});

/** What came of reading a registration of the life before the reboot: whoever was asked is no more. */
const isOfBefore = (event: PlatformEvent, { begunAt }: StateStory): boolean =>
  event.type === 'read' && event.registration.registeredAt < begunAt;

/** The story ends: what the platform saw since its beginning belongs to it. */
export function endStory(platform: TestPlatform, story: StateStory): void {
  const mine = isFromModule(platform.events);
  for (const event of platform.events) {
    if (event.number <= story.after || event.type === 'undelivered' || isOfBefore(event, story)) continue;
    (mine(event) ? story.events : story.strangers).push(event);
  }
  story.packets.push(...platform.packets.since(story.begunAt));
  story.reached = isModuleReachable(platform);
  story.isComplete = true;
}

/** Seconds of network time between two moments of the monotonic clock. */
export const networkSeconds = (from: bigint, to: bigint, clock: number): number =>
  (Number(to - from) / 1e9) * clock;

/**
 * Asks for the access state as fast as the line allows, so that none that lasts some seconds of network time
 * is missed, until it is one of `states` or `networkS` seconds of network time have passed.
 * @returns the state waited for, if it came; every change is added to the story
 */
export async function watchStates(
  module: TestModule,
  platform: TestPlatform,
  story: StateStory,
  { states, networkS }: { states: readonly number[]; networkS: number },
): Promise<StateSeen | undefined> {
  let deadline: bigint | undefined;
  let before: bigint | undefined;
  for (;;) {
    const { information, timing } = await module.at('AT+QDMPCFG=6');
    const { sentAt, endedAt } = timing;
    const seen = { dmstate: stateIn(information[0]), seenAt: endedAt };
    story.polls.push({ dmstate: seen.dmstate, askedAt: sentAt, answeredAt: endedAt });
    if (before !== undefined)
      story.blindS = Math.max(story.blindS, networkSeconds(before, endedAt, platform.clock));
    before = endedAt;
    if (story.states.at(-1)?.dmstate !== seen.dmstate) story.states.push(seen);
    if (states.includes(seen.dmstate)) return seen;
    deadline ??= endedAt + BigInt(Math.round((networkS * 1e9) / platform.clock));
    if (endedAt > deadline) return undefined;
  }
}

const stateIn = (line: string | undefined): number =>
  Number(/^\+QDMPCFG: 6, *(\d{1,3})$/.exec(line ?? '')?.[1] ?? NaN);

/** How long the shortest state lasts on any known client: 7 s from a failure to the next connection (§2.5). */
export const SHORTEST_S = 7;

/** Whether a state could come and go between two answers. */
export const mayHaveMissed = ({ blindS }: StateStory): boolean => blindS >= SHORTEST_S;
