import type { PlatformEvent } from '../../harness/jest/suite.ts';
import { mayHaveMissed, networkSeconds, SHORTEST_S, type StateSeen, type StateStory } from './state-watch.ts';
import { isEvent, isRequest } from './story-events.ts';

/** The speed of the module's network time, and how exactly it is measured (`TestPlatform`). */
export interface NetworkTime {
  readonly clock: number;
  readonly toleranceS: number;
}

/** What must have happened at the platform before a state may be shown (CMDMP.md §2.2). */
const causes: Record<number, (event: PlatformEvent) => boolean> = {
  6: isEvent('registered'),
  7: (event) => event.type === 'refused' && event.step === 'register',
  8: (event) => event.type === 'unanswered' && event.step === 'register',
  9: isEvent('registered'),
  11: isEvent('updated'),
  12: (event) => event.type === 'refused' && event.step === 'update',
  13: (event) => event.type === 'unanswered' && event.step === 'update',
};

const beginsLifetime = (
  event: PlatformEvent,
): event is Extract<PlatformEvent, { type: 'registered' | 'updated' }> =>
  event.type === 'registered' || event.type === 'updated';

/**
 * How much of the lifetime was left when state 9 was seen, s of network time, counted from the last registration or
 * update as the module does (CMDMP.md §2.2).
 * @returns undefined if the lifetime had passed, or if there was no registration
 */
export function lifetimeShortBy(
  { events }: StateStory,
  { seenAt }: StateSeen,
  { clock, toleranceS }: NetworkTime,
): number | undefined {
  const began = events.filter(beginsLifetime).findLast(({ at }) => at <= seenAt);
  if (!began) return undefined;
  const left = began.registration.lifetimeS - networkSeconds(began.at, seenAt, clock);
  return left > toleranceS ? left : undefined;
}

/**
 * The time from a registration to an update that came after its lifetime had passed, s of network time. The module may
 * have shown 9 only until that update was answered (RDA-CUS updates at once, CMDMP.md §2.4).
 * @returns undefined if no update came then
 */
export function updatedAtExpiry(
  { events }: StateStory,
  { at, registration }: Extract<PlatformEvent, { type: 'registered' }>,
  { clock, toleranceS }: NetworkTime,
): number | undefined {
  const update = events.find((event) => event.at > at && isRequest('update')(event));
  const after = update && networkSeconds(at, update.at, clock);
  return after !== undefined && after >= registration.lifetimeS - toleranceS ? after : undefined;
}

/** For the states of an unanswered request: the states that may come right before (CMDMP.md §2.2). */
const underWayBefore: Record<number, readonly number[]> = { 8: [4], 13: [6, 9, 11] };

/**
 * The shortest time that known clients wait for an answer, s (CMDMP.md §2.3): in total, and after the last copy of the
 * request (XY: four transmissions, with waits of 4, 8, 12 and 16 s).
 */
export const SHORTEST_SILENCE_S = 40;
const SHORTEST_LAST_WAIT_S = 16;

const isAnswer = (event: PlatformEvent): boolean =>
  beginsLifetime(event) || (event.type === 'refused' && event.step !== 'other');

/**
 * Whether a state 8 or 13 may be caused by packets lost on the air, which the platform cannot see: neither the events
 * nor the state before contradict it.
 */
export function mayBeLost(story: StateStory, seen: StateSeen, { clock }: NetworkTime): boolean {
  const underWay = underWayBefore[seen.dmstate];
  if (!underWay) return false;
  const { events, states, begunAt } = story;
  const before = states[states.indexOf(seen) - 1]?.dmstate;
  if (before !== undefined && !underWay.includes(before) && !mayHaveMissed(story)) return false;
  const past = events.filter(({ at }) => at <= seen.seenAt);
  if (seen.dmstate === 13 && !past.some(isEvent('registered'))) return false;
  const answeredAt = past.findLast(isAnswer)?.at;
  if (answeredAt !== undefined) return networkSeconds(answeredAt, seen.seenAt, clock) >= SHORTEST_LAST_WAIT_S;
  return networkSeconds(begunAt, seen.seenAt, clock) >= SHORTEST_SILENCE_S;
}

const isCaused = ({ events }: StateStory, { dmstate, seenAt }: StateSeen): boolean =>
  events.some((event) => event.at <= seenAt && causes[dmstate]?.(event));

/** States that only packets lost on the air can explain, in words. */
export const lostOnAir = (story: StateStory, time: NetworkTime): readonly string[] =>
  story.states
    .filter((seen) => !isCaused(story, seen) && mayBeLost(story, seen, time))
    .map(({ dmstate }) => `${dmstate} without a request that the platform left unanswered`);

/** States that were shown before anything could have caused them, in words. */
export const unexplained = (story: StateStory, time: NetworkTime): readonly string[] =>
  story.states.flatMap((seen) => {
    const { dmstate } = seen;
    if (causes[dmstate] === undefined) return [];
    if (!isCaused(story, seen)) return mayBeLost(story, seen, time) ? [] : [`${dmstate} without a cause`];
    const left = dmstate === 9 ? lifetimeShortBy(story, seen, time) : undefined;
    return left === undefined ? [] : [`9 while ${left.toFixed(1)} s of the lifetime were left`];
  });

/** Whether an event is the platform's answer to a registration: before it, the module cannot know the result. */
const answersRegistration = (event: PlatformEvent): boolean =>
  event.type === 'registered' || (event.type === 'refused' && event.step === 'register');

/** States that report a failure (CMDMP.md §2.2). */
const failureStates: readonly number[] = [5, 7, 8, 12, 13];

/** The failure that a client may go on showing until its next result; undefined if there was none. */
function failureBefore({ polls }: StateStory, at: bigint): number | undefined {
  const last = polls.findLast(({ answeredAt }) => answeredAt < at)?.dmstate;
  return last !== undefined && failureStates.includes(last) ? last : undefined;
}

/**
 * States that were wrong while a registration was unanswered, in words: the module is connecting (4) before each of 6, 7
 * and 8. After a failure a client may also go on showing that failure until the next result. Only polls that began after the request came and ended before the
 * platform answered count, so states missed between polls do not matter; and only while no known client gives up yet.
 */
export function unconnected(story: StateStory, { clock }: NetworkTime): readonly string[] {
  const { polls, events } = story;
  return events.filter(isRequest('register')).flatMap((request, nth) => {
    const answer = events.find((event) => event.number > request.number && answersRegistration(event));
    const meanwhile = polls.filter(
      ({ askedAt, answeredAt }) =>
        askedAt > request.at &&
        (answer === undefined || answeredAt < answer.at) &&
        networkSeconds(request.at, answeredAt, clock) < SHORTEST_S,
    );
    const failed = failureBefore(story, request.at);
    const wrong = meanwhile.find(({ dmstate }) => dmstate !== 4 && dmstate !== failed);
    return wrong ? [`${wrong.dmstate} while registration ${nth + 1} was unanswered`] : [];
  });
}
