import type { PlatformEvent } from '../../harness/jest/suite.ts';
import { enrolments } from './enrolment.ts';
import { lifetimeShortBy, lostOnAir, unconnected, unexplained, updatedAtExpiry } from './state-order.ts';
import type { StateStory } from './state-watch.ts';

const time = { clock: 1, toleranceS: 2 };
const at = (s: number): bigint => BigInt(Math.round(s * 1e9));

/** Platform events with the fields that the rules use, by the second they came. */
const events = (...happened: readonly (readonly [s: number, event: object])[]): PlatformEvent[] =>
  happened.map(([s, event], index) => ({ ...event, number: index + 1, at: at(s) }) as PlatformEvent);

const requested = { type: 'requested', request: { step: 'register' } };
const registered = { type: 'registered', registration: { lifetimeS: 300 } };
const updated = { type: 'updated', registration: { lifetimeS: 300 } };
const refused = { type: 'refused', step: 'register' };

/** A story of answers to `AT+QDMPCFG=6`, each of which took 0.1 s. */
function story(
  seen: readonly (readonly [s: number, dmstate: number])[],
  happened: PlatformEvent[],
): StateStory {
  const polls = seen.map(([s, dmstate]) => ({ dmstate, askedAt: at(s), answeredAt: at(s + 0.1) }));
  const states = polls
    .filter(({ dmstate }, index) => polls[index - 1]?.dmstate !== dmstate)
    .map(({ dmstate, answeredAt }) => ({ dmstate, seenAt: answeredAt }));
  return {
    name: 'a story',
    polls,
    states,
    disturbances: [],
    enrolment: enrolments[0],
    extended: [],
    events: happened,
    strangers: [],
    packets: [],
    ...time,
    reached: true,
    begunAt: 0n,
    after: 0,
    isComplete: true,
    blindS: 0.1,
  };
}

const wire = events([10, requested], [14, registered]);

test('states with their causes on the wire are in order', () => {
  const good = story(
    [
      [9, 0],
      [11, 4],
      [13, 4],
      [15, 6],
    ],
    wire,
  );
  expect([unexplained(good, time), unconnected(good, time)]).toEqual([[], []]);
});

test('a state missed between two polls does not matter', () => {
  expect(
    unconnected(
      story(
        [
          [9, 0],
          [15, 6],
        ],
        wire,
      ),
      time,
    ),
  ).toEqual([]);
});

test('a state without its cause is out of order', () => {
  expect(unexplained(story([[12, 6]], wire), time)).toEqual(['6 without a cause']);
  expect(unexplained(story([[15, 11]], wire), time)).toEqual(['11 without a cause']);
});

test('while a registration is unanswered after a failure, that failure or 4 may show, and nothing else', () => {
  const again = events([10, requested], [11, refused], [30, requested], [36, registered]);
  const shows = (after: number) =>
    story(
      [
        [10.2, 4],
        [12, 7],
        [31, after],
        [34, after],
        [37, 6],
      ],
      again,
    );
  expect(unconnected(shows(4), time)).toEqual([]);
  expect(unconnected(shows(7), time)).toEqual([]);
  expect(unconnected(shows(8), time)).toEqual(['8 while registration 2 was unanswered']);
  expect(unconnected(shows(0), time)).toEqual(['0 while registration 2 was unanswered']);
});

test('a state does not matter once a client may have given up the request', () => {
  const silent = events([10, requested]);
  expect(
    unconnected(
      story(
        [
          [11, 4],
          [18, 8],
        ],
        silent,
      ),
      time,
    ),
  ).toEqual([]);
  expect(unconnected(story([[11, 8]], silent), time)).toEqual(['8 while registration 1 was unanswered']);
});

test.each([
  ['at its end', 313, wire, []],
  ['within the tolerance', 312.5, wire, []],
  ['early', 29, wire, ['9 while 284.9 s of the lifetime were left']],
  [
    'counted from an update',
    320,
    [...wire, ...events([200, updated])],
    ['9 while 179.9 s of the lifetime were left'],
  ],
  ['without a registration', 320, [], ['9 without a cause']],
])('9 %s', (_, s, happened, expected) => {
  const watched = story([[s, 9]], happened);
  expect(unexplained(watched, time)).toEqual(expected);
  const [seen] = watched.states;
  if (seen && happened.length > 0)
    expect(lifetimeShortBy(watched, seen, time) === undefined).toBe(expected.length === 0);
});

describe('an update that comes when the lifetime has passed', () => {
  const update = { type: 'requested', request: { step: 'update' } };
  const began = wire[1] as Parameters<typeof updatedAtExpiry>[1];
  const updatedAt = (s: number) =>
    updatedAtExpiry(story([], [...wire, ...events([s, update]).map(third)]), began, time);
  const third = (event: PlatformEvent): PlatformEvent => ({ ...event, number: 3 });

  test.each([
    ['in time', 14 + 200, undefined],
    ['just before it has passed by the tolerance', 14 + 297, undefined],
    ['as it passes', 14 + 300, 300],
    ['later', 14 + 310, 310],
  ])('%s', (_when, s, after) => {
    expect(updatedAt(s)).toBe(after);
  });

  test('is none if no update came', () => {
    expect(updatedAtExpiry(story([], wire), began, time)).toBeUndefined();
  });
});

describe('a request that the platform did not see', () => {
  const judge = (watched: StateStory) => [unexplained(watched, time), lostOnAir(watched, time)];
  const refusal = events([10, requested], [11, refused]);
  const lost = ['8 without a request that the platform left unanswered'];

  test.each<[string, readonly (readonly [number, number])[], PlatformEvent[], object]>([
    [
      'may have been lost',
      [
        [5, 4],
        [70, 8],
      ],
      [],
      [[], lost],
    ],
    [
      'was never sent: 8 comes before any client gives up',
      [
        [5, 4],
        [30, 8],
      ],
      [],
      [['8 without a cause'], []],
    ],
    [
      'was never sent: no request was possible then',
      [
        [5, 0],
        [70, 8],
      ],
      [],
      [['8 without a cause'], []],
    ],
    [
      'was never sent: the platform had just refused another',
      [
        [5, 4],
        [20, 8],
      ],
      refusal,
      [['8 without a cause'], []],
    ],
    [
      'came after a refusal, and may have been lost',
      [
        [5, 4],
        [20, 7],
        [30, 4],
        [160, 8],
      ],
      refusal,
      [[], lost],
    ],
  ])('%s', (_, seen, happened, expected) => {
    expect(judge(story(seen, happened))).toEqual(expected);
  });

  test('may have been an update, unless the module never registered', () => {
    const lostUpdate = ['13 without a request that the platform left unanswered'];
    expect(
      judge(
        story(
          [
            [15, 6],
            [400, 13],
          ],
          wire,
        ),
      ),
    ).toEqual([[], lostUpdate]);
    expect(
      judge(
        story(
          [
            [15, 6],
            [400, 13],
          ],
          [],
        ),
      ),
    ).toEqual([['6 without a cause', '13 without a cause'], []]);
  });
});
