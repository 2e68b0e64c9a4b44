import { type Clock, toNs } from '../base/clock.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { atDeadline } from './deadline.ts';

function loadedClock() {
  const timers = new ManualClock();
  let blockedMs = 0;
  const clock: Clock = { now: () => timers.now() + toNs(blockedMs), after: (ms, fn) => timers.after(ms, fn) };
  const said: string[] = [];
  const cancel = atDeadline(clock, 1_000, () => said.push('over'));
  return { timers, block: (ms: number) => void (blockedMs += ms), said, cancel };
}

test('a deadline is kept to the millisecond', () => {
  const { timers, said } = loadedClock();
  timers.advance(999);
  expect(said).toEqual([]);
  timers.advance(1);
  expect(said).toEqual(['over']);
});

test('one that our own loop was late for lets in what had come before it', () => {
  const { timers, block, said, cancel } = loadedClock();
  block(300);
  timers.advance(1_000);
  expect(said).toEqual([]);
  // What is read now may be the answer.
  cancel();
  timers.advance(100);
  expect(said).toEqual([]);
});

test('and is over where nothing had', () => {
  const { timers, block, said } = loadedClock();
  block(300);
  timers.advance(1_010);
  expect(said).toEqual(['over']);
});
