import { expectThat, inconclusive, type PlatformEvent } from '../../harness/jest/suite.ts';
import { mayHaveMissed, networkSeconds, SHORTEST_S, type StateStory } from './state-watch.ts';
import { isRequest } from './story-events.ts';
import { GIVES_UP_LEAST_S, SHOWS_S } from './story-waits.ts';

/**
 * Expects that a state was seen. States are polled: a missing state that may have come and gone between two polls is
 * inconclusive.
 */
export function expectSeen(story: StateStory, dmstate: number): void {
  const seen = story.states.map((state) => state.dmstate);
  if (!seen.includes(dmstate) && mayHaveMissed(story)) {
    inconclusive(
      `two state queries were ${story.blindS.toFixed(1)} s of network time apart: state ${dmstate} may have been missed`,
    );
  }
  const lateS = dmstate === 4 ? firstQueryAfterS(story) : 0;
  if (!seen.includes(dmstate) && lateS > GIVES_UP_LEAST_S - story.toleranceS) {
    inconclusive(
      `the first state query came ${lateS.toFixed(1)} s of network time after the registration, and known clients give ` +
        `one up after ${GIVES_UP_LEAST_S} s: state 4 may have been missed`,
    );
  }
  if (dmstate === 6 && !seen.includes(dmstate) && !askedWhileRegistered(story)) {
    inconclusive(
      'no state query came between the registration and the first update, which came first: state 6 may have been missed',
    );
  }
  const lastedS = seen.includes(dmstate) ? Infinity : lastedAtMost(story, dmstate);
  if (lastedS < Math.max(story.blindS, SHORTEST_S - story.toleranceS)) {
    inconclusive(
      `the module registered again ${lastedS.toFixed(1)} s of network time after the failure, sooner than any known ` +
        `client: state ${dmstate} may have been missed`,
    );
  }
  expectThat(`states shown in the story of ${story.name}`, {
    holds: seen.includes(dmstate),
    expected: `state ${dmstate} among them`,
    got: seen.join(', '),
  });
}

/** From the first request to register to the answer of the first state query, s of network time. */
function firstQueryAfterS({ events, polls: [first], clock }: StateStory): number {
  const asked = events.find(isRequest('register'));
  return asked && first ? networkSeconds(asked.at, first.answeredAt, clock) : 0;
}

/** Whether a state query came late enough after a registration to show it, and before the update that follows it. */
function askedWhileRegistered({ events, polls, clock }: StateStory): boolean {
  const registrations = events.filter(({ type }) => type === 'registered');
  return registrations.some(({ number, at }) => {
    const next = events.find((event) => event.number > number && isRequest('update')(event));
    return polls.some(
      ({ answeredAt }) => networkSeconds(at, answeredAt, clock) >= SHOWS_S && (!next || answeredAt < next.at),
    );
  });
}

type Failure = Extract<PlatformEvent, { type: 'refused' | 'unanswered' }>;

/** The failure that each state reports (CMDMP.md §2.2). */
const failures: Record<number, Pick<Failure, 'type' | 'step'>> = {
  7: { type: 'refused', step: 'register' },
  8: { type: 'unanswered', step: 'register' },
  12: { type: 'refused', step: 'update' },
  13: { type: 'unanswered', step: 'update' },
};

/**
 * The longest time that a failure's state can have lasted, s of network time: from the failure to the next registration,
 * as the packets show. Infinity if the packets show no such failure.
 */
function lastedAtMost(story: StateStory, dmstate: number): number {
  const wanted = failures[dmstate];
  const isWanted = (event: PlatformEvent): event is Failure =>
    'step' in event && event.type === wanted?.type && event.step === wanted.step;
  const lasted = story.events.filter(isWanted).map((failure) => {
    const from = failure.type === 'refused' ? failure.at : givenUpAt(story, failure);
    const next = story.events.find((event) => event.number > failure.number && isRequest('register')(event));
    return from === undefined || !next ? Infinity : networkSeconds(from, next.at, story.clock);
  });
  return Math.min(Infinity, ...lasted);
}

/**
 * The latest time at which a client gives up an unanswered request, ns. No known client waits longer after the last copy
 * than one whose waits double each time (CMDMP.md §2.3). Computed from the first and the last copy, because then the
 * delay of a single packet matters least.
 * @returns undefined if there are fewer than two copies
 */
function givenUpAt({ events, packets }: StateStory, { number }: Failure): bigint | undefined {
  // The platform reports the request and, right after it, that it is not answered.
  const asked = events.find((event) => event.number === number - 1);
  if (asked?.type !== 'requested') return undefined;
  const heard = packets.filter(
    ({ direction, peer }) =>
      direction === 'in' && peer.address === asked.peer.address && peer.port === asked.peer.port,
  );
  // A datagram is stamped when it arrives, its event a little later.
  const first = heard.findLast(({ at }) => at <= asked.at);
  const copies = heard.filter(({ bytes }) => first !== undefined && Buffer.compare(bytes, first.bytes) === 0);
  const last = copies.at(-1);
  if (!first || !last || copies.length < 2) return undefined;
  const lastWait = 2 ** (copies.length - 1);
  return last.at + ((last.at - first.at) * BigInt(lastWait)) / BigInt(lastWait - 1);
}
