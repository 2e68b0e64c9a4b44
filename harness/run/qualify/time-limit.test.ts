import { jest } from '@jest/globals';

import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { startTimeLimit } from './time-limit.ts';

describe('the time that a run may take', () => {
  test.each([
    ['smoke', '15 min', 900],
    ['nightly', '2 h', 7_200],
    ['release', '8 h', 28_800],
  ] as const)('%s: %s', (profile, text, seconds) => {
    const clock = new ManualClock();
    const limit = startTimeLimit(profile, null, clock);
    expect(limit.text).toBe(text);
    clock.advance((seconds - 1) * 1_000);
    expect(limit.isReached).toBe(false);
    clock.advance(1_000);
    expect(limit.isReached).toBe(true);
  });

  test('is what was chosen; who asks late is told at once, and an ended count tells nobody', () => {
    const clock = new ManualClock();
    const limit = startTimeLimit('smoke', 90_000, clock);
    const ended = startTimeLimit('smoke', 90_000, clock);
    expect(limit.text).toBe('90 s');
    const [early, late, never] = [jest.fn(), jest.fn(), jest.fn()];
    limit.onReached(early);
    ended.onReached(never);
    ended.end();
    clock.advance(90_000);
    limit.onReached(late);
    expect([early, late, never].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0]);
  });
});
