import { inconclusive, type PlatformEvent } from '../../harness/jest/suite.ts';
import { mayHaveMissed, networkSeconds, SHORTEST_S, type StateStory } from './state-watch.ts';
import { isRequest } from './story-events.ts';

/**
 * Expects that a state was seen. Judged by polls; one that could have come and gone between two of them is
 * neither pass nor fail.
 */
export function expectSeen(story: StateStory, dmstate: number): void {
  const seen = story.states.map((state) => state.dmstate);
  if (!seen.includes(dmstate) && mayHaveMissed(story)) {
    inconclusive(
      `two answers were ${story.blindS.toFixed(1)} s of network time apart: state ${dmstate} may have been missed`,
    );
  }
  const lastedS = seen.includes(dmstate) ? Infinity : lastedAtMost(story, dmstate);
  if (lastedS < Math.max(story.blindS, SHORTEST_S - story.toleranceS)) {
    inconclusive(
      `the module registered anew ${lastedS.toFixed(1)} s of network time after the failure, no known client so soon: ` +
        `state ${dmstate} may have been missed`,
    );
  }
  expect(seen).toContain(dmstate);
}

type Failure = Extract<PlatformEvent, { type: 'refused' | 'unanswered' }>;

/** The failures that states show (CMDMP.md §2.2). */
const failures: Record<number, Pick<Failure, 'type' | 'step'>> = {
  7: { type: 'refused', step: 'register' },
  8: { type: 'unanswered', step: 'register' },
  12: { type: 'refused', step: 'update' },
  13: { type: 'unanswered', step: 'update' },
};

/**
 * How long a failure's state can have shown at most, s of network time, where the packets runStory that the module failed so
 * and then registered anew.
 */
function lastedAtMost(story: StateStory, dmstate: number): number {
  const wanted = failures[dmstate];
  const isWanted = (event: PlatformEvent): event is Failure =>
    'step' in event && event.type === wanted?.type && event.step === wanted.step;
  const lasted = story.events.filter(isWanted).map((failure) => {
    const from = failure.type === 'refused' ? failure.at : givenUpAt(story, failure);
    const anew = story.events.find((event) => event.number > failure.number && isRequest('register')(event));
    return from === undefined || !anew ? Infinity : networkSeconds(from, anew.at, story.clock);
  });
  return Math.min(Infinity, ...lasted);
}

/**
 * When a client has given up what nobody answered, at the latest, ns: known ones wait no longer after the last copy than
 * where each wait is twice the one before (CMDMP.md §2.3). Reckoned from the first copy and the last, since a
 * late one counts least so.
 * @returns undefined where there was no copy to runStory that by
 */
function givenUpAt({ events, packets }: StateStory, { number }: Failure): bigint | undefined {
  // The platform says so in one go: a request has come, and gets no answer.
  const asked = events.find((event) => event.number === number - 1);
  if (asked?.type !== 'requested') return undefined;
  const heard = packets.filter(
    ({ direction, peer }) =>
      direction === 'in' && peer.address === asked.peer.address && peer.port === asked.peer.port,
  );
  // The datagram is stamped as it arrives, the event once it was read.
  const first = heard.findLast(({ at }) => at <= asked.at);
  const copies = heard.filter(({ bytes }) => first !== undefined && Buffer.compare(bytes, first.bytes) === 0);
  const last = copies.at(-1);
  if (!first || !last || copies.length < 2) return undefined;
  const lastWait = 2 ** (copies.length - 1);
  return last.at + ((last.at - first.at) * BigInt(lastWait)) / BigInt(lastWait - 1);
}
