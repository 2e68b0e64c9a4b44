import type { PlatformEvent, TestModule, TestPlatform } from '../../harness/jest/suite.ts';
import type { Enrolment } from './enrolment.ts';
import { isFromModule, isModuleReachable } from './module-events.ts';

type LoggedPacket = TestPlatform['packets']['all'][number];

/** An access state and the first answer that showed it. */
export interface StateSeen {
  readonly dmstate: number;
  /** When that answer had arrived, ns. */
  readonly seenAt: bigint;
}

/** One query of the access state and its answer, ns of the monotonic clock. */
export interface StatePoll {
  readonly dmstate: number;
  readonly askedAt: bigint;
  readonly answeredAt: bigint;
}

/** Another command between two queries of the state. */
export interface Disturbance {
  readonly command: string;
  readonly before: StatePoll;
  readonly after: StatePoll;
}

/** A story: the access states and the events at the platform from a reboot on. */
export interface StateStory {
  readonly name: string;
  /** The states in order, each change once. */
  readonly states: StateSeen[];
  /** Every query of the state. */
  readonly polls: StatePoll[];
  /** Commands that were sent between two of them. */
  readonly disturbances: Disturbance[];
  /** The credentials that were saved for it. */
  readonly enrolment: Enrolment;
  /** The extended records that were saved for it, by type. */
  extended: readonly (readonly string[])[];
  /** The events at the platform that come from the module. */
  readonly events: PlatformEvent[];
  /** The other events at the platform: nothing shows that they come from the module. */
  readonly strangers: PlatformEvent[];
  /** Whether the module is known to reach the platform (`isModuleReachable`). */
  reached: boolean;
  /** When the module started after the reboot, ns. */
  begunAt: bigint;
  /** The number of the platform's last event before the story. */
  after: number;
  /** All packets at the platform, of the module and of others. */
  readonly packets: LoggedPacket[];
  /** Seconds of network time per second, and the tolerance of times measured in them, s (`TestPlatform`). */
  readonly clock: number;
  readonly toleranceS: number;
  /** Whether it was run to its end. */
  isComplete: boolean;
  /** The longest time between two answers while the state was polled, s of network time. */
  blindS: number;
}

/** Begins a story: events before now do not belong to it. */
export const beginStory = (name: string, platform: TestPlatform, enrolment: Enrolment): StateStory => ({
  name,
  states: [],
  polls: [],
  disturbances: [],
  enrolment,
  extended: [],
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

/** Whether an event is a read of a registration from before the reboot. */
const isFromBefore = (event: PlatformEvent, { begunAt }: StateStory): boolean =>
  event.type === 'read' && event.registration.registeredAt < begunAt;

/** Ends a story: takes over what the platform saw since its beginning. */
export function endStory(platform: TestPlatform, story: StateStory): void {
  const mine = isFromModule(platform.events);
  for (const event of platform.events) {
    if (event.number <= story.after || event.type === 'undelivered' || isFromBefore(event, story)) continue;
    (mine(event) ? story.events : story.strangers).push(event);
  }
  story.packets.push(...platform.packets.since(story.begunAt));
  story.reached = isModuleReachable(platform);
  story.isComplete = true;
}

/** Seconds of network time between two moments of the monotonic clock. */
export const networkSeconds = (from: bigint, to: bigint, clock: number): number =>
  (Number(to - from) / 1e9) * clock;

/** The shortest state of any known client, s: 7 s from a failure to the next connection (CMDMP.md §2.5). */
export const SHORTEST_S = 7;

/**
 * From one query of the state to the next, s of network time: twenty in the shortest state. Where network time is
 * hurried the line is slower than that.
 */
const POLL_S = SHORTEST_S / 20;

/**
 * Polls the access state, so that no state of a few seconds of network time is missed, until it is one of `states` or
 * `networkS` seconds of network time have passed. Adds every poll and change to the story.
 * @returns the state waited for; undefined if it did not come
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
    const { dmstate, askedAt, answeredAt: endedAt } = await pollState(module, story);
    if (before !== undefined)
      story.blindS = Math.max(story.blindS, networkSeconds(before, endedAt, platform.clock));
    before = endedAt;
    if (states.includes(dmstate)) return { dmstate, seenAt: endedAt };
    deadline ??= endedAt + BigInt(Math.round((networkS * 1e9) / platform.clock));
    if (endedAt > deadline) return undefined;
    const restS = POLL_S - networkSeconds(askedAt, endedAt, platform.clock);
    if (restS > 0) await platform.pause(restS);
  }
}

/** Queries the state once. Adds the poll, and the change if it is one, to the story. */
async function pollState(module: TestModule, story: StateStory): Promise<StatePoll> {
  const { information, timing } = await module.at('AT+QDMPCFG=6');
  const { sentAt: askedAt, endedAt: answeredAt } = timing;
  const poll = { dmstate: stateIn(information[0]), askedAt, answeredAt };
  story.polls.push(poll);
  if (story.states.at(-1)?.dmstate !== poll.dmstate)
    story.states.push({ dmstate: poll.dmstate, seenAt: answeredAt });
  return poll;
}

/** A rig may have any tolerance, but the deadline of a story has no more to spare, s of network time. */
const LONGEST_CALM_S = 25;

/**
 * Sends other commands, each between two queries of the state, and adds them to the story. First the state is watched for
 * as long as a time on the wire may be wrong: after it, no packet of before can be what changes the state.
 */
export async function disturb(
  module: TestModule,
  platform: TestPlatform,
  story: StateStory,
  commands: readonly string[],
): Promise<void> {
  await watchStates(module, platform, story, {
    states: [],
    networkS: Math.min(platform.toleranceS, LONGEST_CALM_S),
  });
  let before = await pollState(module, story);
  for (const command of commands) {
    await module.at(command);
    const after = await pollState(module, story);
    story.disturbances.push({ command, before, after });
    before = after;
  }
}

const stateIn = (line: string | undefined): number =>
  Number(/^\+QDMPCFG: 6, *(\d{1,3})$/.exec(line ?? '')?.[1] ?? NaN);

/** Whether a state could come and go between two polls. */
export const mayHaveMissed = ({ blindS }: StateStory): boolean => blindS >= SHORTEST_S;
