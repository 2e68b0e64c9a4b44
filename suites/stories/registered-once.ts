import type { PlatformEvent } from '../../harness/jest/suite.ts';
import { networkSeconds, type StateStory } from './state-watch.ts';
import { isEvent, isRequest } from './story-events.ts';

type Requested = Extract<PlatformEvent, { type: 'requested' }>;

/** A registration that follows an accepted one, with what happened between them. */
interface Again {
  readonly request: Requested;
  readonly accepted: Extract<PlatformEvent, { type: 'registered' }>;
  readonly between: readonly PlatformEvent[];
}

const registersAgain = ({ events }: StateStory): readonly Again[] =>
  events.filter(isRequest('register')).flatMap((request) => {
    const accepted = events.filter(isEvent('registered')).findLast(({ number }) => number < request.number);
    if (!accepted) return [];
    const between = events.filter(({ number }) => number > accepted.number && number < request.number);
    return [{ request, accepted, between }];
  });

/** Whether the platform ended the registration, or its lifetime did. */
function isExplained({ clock, toleranceS }: StateStory, { request, accepted, between }: Again): boolean {
  if (between.some(({ type }) => ['refused', 'unanswered', 'deregistered'].includes(type))) return true;
  const renewed = between.findLast(isEvent('updated')) ?? accepted;
  const { lifetimeS } = renewed.registration;
  return networkSeconds(renewed.at, request.at, clock) >= lifetimeS - toleranceS;
}

/** States of a request that was never answered, or of a lost connection. */
const lossStates: readonly number[] = [5, 8, 13];

const showsLoss = ({ polls }: StateStory, { request, accepted }: Again): boolean =>
  polls.some(
    ({ dmstate, answeredAt }) =>
      lossStates.includes(dmstate) && answeredAt > accepted.at && answeredAt < request.at,
  );

/** Whether the module sent a copy of a request: then the answer may have been lost on the air. */
function hasCopies({ packets }: StateStory, { request, accepted }: Again): boolean {
  const sent = packets.filter(
    ({ direction, at, peer }) =>
      direction === 'in' &&
      at < request.at &&
      peer.address === accepted.peer.address &&
      peer.port === accepted.peer.port,
  );
  return sent.some(
    ({ bytes, at }, nth) =>
      // A copy that came before the answer says only that the answer took its time.
      at > accepted.at && sent.slice(0, nth).some((before) => Buffer.compare(before.bytes, bytes) === 0),
  );
}

const describe = ({ clock }: StateStory, { request, accepted }: Again): string =>
  `registered again ${networkSeconds(accepted.at, request.at, clock).toFixed(1)} s after it was accepted`;

const mayBeLost = (story: StateStory, again: Again): boolean =>
  hasCopies(story, again) || showsLoss(story, again);

const found = (story: StateStory, lost: boolean): readonly string[] =>
  registersAgain(story)
    .filter((again) => !isExplained(story, again) && mayBeLost(story, again) === lost)
    .map((again) => describe(story, again));

/** Registrations that nothing explains, in words. */
export const registeredAgain = (story: StateStory): readonly string[] => found(story, false);

/** Registrations that only an answer lost on the air explains, in words. */
export const perhapsLost = (story: StateStory): readonly string[] => found(story, true);
