import { HilError } from '../../base/error.ts';
import { advanceSession, isLeaving, type SessionEvent, type SessionStep } from './session-life.ts';

type Event = SessionEvent<string>;

const board = 'board';
const opened: Event = { is: 'opened', board };
const close: Event = { is: 'close' };
const released: Event = { is: 'released' };
const testsStopped: Event = { is: 'tests-stopped' };
const reason = new HilError('ABORTED', 'the run was interrupted: SIGTERM');
const stop: Event = { is: 'stop', reason };
const gone = new HilError('PORT_GONE', 'the port hung up');
const rigFailed: Event = { is: 'rig-failed', error: gone };

/** The state after some events, and the effects of the last of them. */
const after = (...events: Event[]): SessionStep<string> =>
  events.reduce<SessionStep<string>>(({ state }, event) => advanceSession(state, event), {
    state: { is: 'opening' },
    effects: [],
  });

const acts = (...events: Event[]): string[] => after(...events).effects.map((effect) => effect.do);
const stateAfter = (...events: Event[]): string => after(...events).state.is;

describe('a session that Jest closes', () => {
  test('releases the board and finishes without leaving the process', () => {
    expect(acts(opened)).toEqual([]);
    expect(acts(opened, close)).toEqual(['release']);
    expect(after(opened, close, released)).toEqual({
      state: { is: 'over', exits: false },
      effects: [{ do: 'finish', exits: false }],
    });
  });

  test('lets Jest go on while it is open and while it is released', () => {
    for (const events of [[opened], [opened, close], [opened, close, released]]) {
      expect(isLeaving(after(...events).state)).toBe(false);
    }
  });

  test('hurries at a stop during the release, and then exits', () => {
    expect(acts(opened, close, stop)).toEqual(['hurry', 'stop-tests']);
    expect(acts(opened, close, stop, stop)).toEqual(['hurry']);
    expect(after(opened, close, stop, testsStopped, released).effects).toEqual([
      { do: 'finish', exits: true },
    ]);
  });

  test('does not report a port that goes during the release', () => {
    expect(acts(opened, close, rigFailed)).toEqual([]);
  });
});

describe('a session that is stopped', () => {
  test('ends the running test, releases the board and exits', () => {
    expect(after(opened, stop).effects).toEqual([
      { do: 'hurry', board, reason },
      { do: 'stop-tests', board, reason },
    ]);
    expect(acts(opened, stop, testsStopped)).toEqual(['release']);
    expect(after(opened, stop, testsStopped, released)).toEqual({
      state: { is: 'over', exits: true },
      effects: [{ do: 'finish', exits: true }],
    });
  });

  test('hurries at each stop, since the rig may have failed before; the release counts the first', () => {
    for (const end of [stop, rigFailed]) {
      expect(acts(opened, end, stop)).toEqual(['hurry']);
    }
    expect(acts(opened, stop, testsStopped, stop)).toEqual(['hurry']);
  });

  test('does not let Jest go on', () => {
    for (const events of [[stop], [opened, stop], [opened, stop, testsStopped]]) {
      expect(isLeaving(after(...events).state)).toBe(true);
    }
  });

  test('while it is opened, aborts the opening and stops once that has ended', () => {
    expect(after(stop).effects).toEqual([{ do: 'abort-opening', reason }]);
    expect(acts(stop, stop)).toEqual([]);
    expect(after(stop, opened).effects).toEqual(after(opened, stop).effects);
    expect(acts(stop, { is: 'opening-failed', error: reason })).toEqual(['report', 'finish']);
  });
});

test('a board that cannot be opened is reported, and the process exits', () => {
  const error = new HilError('PORT_MISSING', 'no such port');
  expect(after({ is: 'opening-failed', error })).toEqual({
    state: { is: 'over', exits: true },
    effects: [
      { do: 'report', error },
      { do: 'finish', exits: true },
    ],
  });
});

describe('a rig that fails', () => {
  const explained: Event = { is: 'explained', cause: 'the emulator ended' };
  const second = new HilError('MODULE_DEAD', 'nothing brings it back');
  const secondFailed: Event = { is: 'rig-failed', error: second };

  test('is explained, and stops the tests', () => {
    expect(after(opened, rigFailed).effects).toEqual([
      { do: 'explain', board, error: gone },
      { do: 'hurry', board, reason: gone },
      { do: 'stop-tests', board, reason: gone },
    ]);
  });

  test.each([
    ['before the tests are stopped', [explained, testsStopped]],
    ['after that', [testsStopped, explained]],
  ])('is released once its cause is reported, %s', (_, [one, other]) => {
    expect(stateAfter(opened, rigFailed, one!)).toBe('stopping');
    const both = [...acts(opened, rigFailed, one!), ...acts(opened, rigFailed, one!, other!)];
    expect(both).toEqual(['report', 'release']);
  });

  test('twice is explained one after the other', () => {
    expect(acts(opened, rigFailed, secondFailed)).toEqual([]);
    expect(after(opened, rigFailed, secondFailed, explained).effects).toEqual([
      { do: 'report', error: 'the emulator ended' },
      { do: 'explain', board, error: second },
    ]);
    expect(acts(opened, rigFailed, secondFailed, explained, testsStopped)).toEqual([]);
  });

  test('twice by one cause is reported once', () => {
    expect(acts(opened, rigFailed, secondFailed, explained, explained)).toEqual([]);
    expect(acts(opened, rigFailed, secondFailed, explained, explained, testsStopped)).toEqual(['release']);
  });

  test('during a stop is explained, too, but no longer when the tests are stopped', () => {
    expect(acts(opened, stop, rigFailed)).toEqual(['explain']);
    expect(acts(opened, stop, rigFailed, testsStopped, secondFailed)).toEqual([]);
  });
});

test('after its end nothing changes it', () => {
  for (const event of [stop, rigFailed, close, released]) {
    expect(after(opened, close, released, event)).toEqual({
      state: { is: 'over', exits: false },
      effects: [],
    });
  }
});
