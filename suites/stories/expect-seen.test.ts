import type { PlatformEvent } from '../../harness/jest/suite.ts';
import { expectSeen } from './expect-seen.ts';
import type { StateStory } from './state-watch.ts';

const at = (s: number): bigint => BigInt(Math.round(s * 1e9));
const peer = { address: '198.51.100.7', port: 41000 };
const bytes = Uint8Array.of(0x40, 0x02, 0x00, 0x07);

const request = (s: number, step: string): [number, object] => [s, { type: 'requested', request: { step } }];

/** A story in which states 6 and 4 were seen, with these events and copies, by the second. */
function story(
  happened: readonly (readonly [s: number, event: object])[],
  copies: readonly number[] = [],
  firstQueryS = 1,
): StateStory {
  const events = happened.map(
    ([s, event], index) => ({ ...event, peer, number: index + 1, at: at(s) }) as PlatformEvent,
  );
  const packets = copies.map((s) => ({ direction: 'in', at: at(s), peer, bytes }));
  const states = [6, 4].map((dmstate, index) => ({ dmstate, seenAt: at(index) }));
  const polls = [{ answeredAt: at(firstQueryS) }];
  return { events, packets, states, polls, blindS: 0.5, clock: 1, toleranceS: 2 } as unknown as StateStory;
}

const refused = { type: 'refused', step: 'update', code: '4.04' };
const unanswered = { type: 'unanswered', step: 'register', how: 'silence' };

/** When a module with T = 4 s sends the copies of an unanswered request, s (CMDMP.md §2.3). */
const fiveTimes = [100, 104, 112, 128, 160];
const silence = [request(100, 'register'), [100, unanswered]] as const;

test.each([
  ['the next registration comes at once', 12, story([[300, refused], request(301, 'register')])],
  ['also after an unanswered request', 8, story([...silence, request(228, 'register')], fiveTimes)],
])('a state that was too short to be seen is inconclusive: %s', (_, dmstate, watched) => {
  const outcome = ((): unknown => {
    try {
      return expectSeen(watched, dmstate);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(outcome).toMatchObject({ undecided: 'inconclusive' });
});

/** A story in which only the end of the registration was seen. */
const lateStory = (firstQueryS: number) => ({
  ...story([request(100, 'register')], [], firstQueryS),
  states: [{ dmstate: 8, seenAt: at(firstQueryS) }],
});

test('state 4 may have been over before the first query, where that came as late as a client gives up', () => {
  expect(() => expectSeen(lateStory(139), 4)).toThrow(
    expect.objectContaining({ undecided: 'inconclusive' }) as Error,
  );
  expect(() => expectSeen(lateStory(110), 4)).toThrow(/expected state 4 among them, got/);
});

/** A module that registered at second 100 and updated at second 280, and whose state was asked for then. */
const updatedStory = (queryS: number) => ({
  ...story(
    [
      request(100, 'register'),
      [100, { type: 'registered' }],
      request(280, 'update'),
      [280, { type: 'updated' }],
    ],
    [],
    queryS,
  ),
  states: [{ dmstate: 11, seenAt: at(queryS) }],
});

test('state 6 may have been over before the first query, where an update had come', () => {
  expect(() => expectSeen(updatedStory(290), 6)).toThrow(
    expect.objectContaining({ undecided: 'inconclusive' }) as Error,
  );
  expect(() => expectSeen(updatedStory(270), 6)).toThrow(/expected state 6 among them, got/);
});

test.each([
  [
    'the next registration comes after 7 s, as from the fastest known client',
    12,
    story([[300, refused], request(307, 'register')]),
  ],
  ['also after an unanswered request', 8, story([...silence, request(231, 'register')], fiveTimes)],
  ['there was no next registration', 12, story([[300, refused]])],
  ['nothing failed', 12, story([request(1, 'register')])],
  ['another request failed', 7, story([[300, refused], request(301, 'register')])],
  ['the state reports no failure', 11, story([[300, refused], request(301, 'register')])],
])('a state that lasted long enough fails if it was not seen: %s', (_, dmstate, watched) => {
  expect(() => expectSeen(watched, dmstate)).toThrow(/expected state \d+ among them, got/);
});
