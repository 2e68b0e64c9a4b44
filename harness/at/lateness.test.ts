import { systemClock, toMs, toNs } from '../base/clock.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { type LatenessWatch, watchLateness } from './lateness.ts';

/** The lateness of a chunk that is read now. */
function readNow(watch: LatenessWatch, at: bigint): number {
  watch.arrived(at);
  return watch.of(at);
}

test('on an idle loop the bound is the time of three beats', () => {
  const clock = new ManualClock();
  const watch = watchLateness(clock, 2);
  clock.advance(101);
  expect(readNow(watch, clock.now())).toBe(5);
});

test('before there were three beats, it is the time since the watch began', () => {
  const clock = new ManualClock();
  const watch = watchLateness(clock, 2);
  clock.advance(3);
  expect(readNow(watch, clock.now())).toBe(3);
});

test('a stamp from before the watch is not late at all', () => {
  const clock = new ManualClock();
  clock.advance(10);
  expect(readNow(watchLateness(clock), toNs(9))).toBe(0);
});

test('the lateness is that of the moment of reading, also when it is asked for later', () => {
  const clock = new ManualClock();
  const watch = watchLateness(clock, 2);
  clock.advance(101);
  const held = clock.now();
  watch.arrived(held);
  clock.advance(50);
  expect(watch.of(held)).toBe(5);
  watch.arrived(clock.now());
  expect(watch.of(held)).toBe(5);
});

test('beats no more once it is stopped', () => {
  const clock = new ManualClock();
  const watch = watchLateness(clock, 2);
  clock.advance(10);
  watch.stop();
  clock.advance(10);
  expect(readNow(watch, clock.now())).toBe(14);
});

test('a loop that was really blocked cannot have seen anything sooner', async () => {
  const watch = watchLateness(systemClock);
  const begun = systemClock.now();
  while (toMs(systemClock.now() - begun) < 30);
  // What the poll after the block brings: due timers have fired by then.
  await new Promise((resolve) => setImmediate(resolve));
  const lateness = readNow(watch, systemClock.now());
  watch.stop();
  expect(lateness).toBeGreaterThanOrEqual(30);
});
