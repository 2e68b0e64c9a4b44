import type { PlatformEvent } from '../harness/jest/suite.ts';
import { isOf, isRequest } from './dm-story.ts';
import type { StateSeen, StateStory } from './state-watch.ts';
import { networkSeconds, SHORTEST_S } from './state-watch.ts';

/** How the module's network time goes, and how exactly it is measured (`TestPlatform`). */
export interface NetworkTime {
  readonly clock: number;
  readonly toleranceS: number;
}

/** What must have happened at the platform before a state may show (cmdmp-protocol.md §2.2). */
const causes: Record<number, (event: PlatformEvent) => boolean> = {
  6: isOf('registered'),
  7: (event) => event.type === 'refused' && event.step === 'register',
  8: (event) => event.type === 'unanswered' && event.step === 'register',
  9: isOf('registered'),
  11: isOf('updated'),
  12: (event) => event.type === 'refused' && event.step === 'update',
  13: (event) => event.type === 'unanswered' && event.step === 'update',
};

const beginsLifetime = (
  event: PlatformEvent,
): event is Extract<PlatformEvent, { type: 'registered' | 'updated' }> =>
  event.type === 'registered' || event.type === 'updated';

/**
 * By how much a state 9 came before the lifetime had passed, s of network time: counted from the last registration or
 * update, as the module counts (cmdmp-protocol.md §2.2).
 * @returns undefined where it did not, or where there was no registration
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
 * The seconds of network time from a registration to an update that came when its lifetime had passed: the module may
 * have shown 9 for no longer than the update took to be answered (RDA-CUS updates at once, cmdmp-protocol.md §2.4).
 * @returns undefined where none came then
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

/** States that show though nothing explains them yet, in words. */
export const unexplained = (story: StateStory, time: NetworkTime): readonly string[] =>
  story.states.flatMap((seen) => {
    const { dmstate, seenAt } = seen;
    const cause = causes[dmstate];
    if (cause === undefined) return [];
    if (!story.events.some((event) => event.at <= seenAt && cause(event)))
      return [`${dmstate} without a cause`];
    const left = dmstate === 9 ? lifetimeShortBy(story, seen, time) : undefined;
    return left === undefined ? [] : [`9 while ${left.toFixed(1)} s of the lifetime were left`];
  });

/** The platform's own answer to a registration: until it goes out, the module can know nothing but that it is open. */
const answersRegistration = (event: PlatformEvent): boolean =>
  event.type === 'registered' || (event.type === 'refused' && event.step === 'register');

/**
 * States other than 4 that were shown while a registration had come and was not answered, in words: before each of 6, 7
 * and 8 there is a connection, after a failure again. Judged by questions asked after the request had come and answered
 * before the platform answered it, so that a state which passed between two of them is no matter; and as long as no
 * known client gives a request up.
 */
export const unconnected = ({ polls, events }: StateStory, { clock }: NetworkTime): readonly string[] =>
  events.filter(isRequest('register')).flatMap((request, nth) => {
    const answer = events.find((event) => event.number > request.number && answersRegistration(event));
    const meanwhile = polls.filter(
      ({ askedAt, answeredAt }) =>
        askedAt > request.at &&
        (answer === undefined || answeredAt < answer.at) &&
        networkSeconds(request.at, answeredAt, clock) < SHORTEST_S,
    );
    const wrong = meanwhile.find(({ dmstate }) => dmstate !== 4);
    return wrong ? [`${wrong.dmstate} while registration ${nth + 1} was unanswered`] : [];
  });
