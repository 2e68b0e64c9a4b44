import { type Clock, toNs } from '../base/clock.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { atDeadline, whenQuiet } from './timers.ts';

describe('a deadline', () => {
  function loadedClock() {
    const timers = new ManualClock();
    let blockedMs = 0;
    const clock: Clock = {
      now: () => timers.now() + toNs(blockedMs),
      after: (ms, fn) => timers.after(ms, fn),
    };
    const said: string[] = [];
    const cancel = atDeadline(clock, 1_000, () => said.push('over'));
    return { timers, block: (ms: number) => void (blockedMs += ms), said, cancel };
  }

  test('is kept to the millisecond', () => {
    const { timers, said } = loadedClock();
    timers.advance(999);
    expect(said).toEqual([]);
    timers.advance(1);
    expect(said).toEqual(['over']);
  });

  test('that our own event loop was late for first lets in what had come before it', () => {
    const { timers, block, said, cancel } = loadedClock();
    block(300);
    timers.advance(1_000);
    expect(said).toEqual([]);
    // What is read now may be the answer.
    cancel();
    timers.advance(100);
    expect(said).toEqual([]);
  });

  test('is over where nothing had come', () => {
    const { timers, block, said } = loadedClock();
    block(300);
    timers.advance(1_010);
    expect(said).toEqual(['over']);
  });
});

describe('a wait for a quiet line', () => {
  test('counts from the last byte anew', () => {
    const clock = new ManualClock();
    let lastAt = 0n;
    let quietAt: bigint | undefined;
    whenQuiet({ clock, lastAt: () => lastAt }, 50, 0n, () => (quietAt = clock.now()));
    clock.advance(40);
    lastAt = clock.now();
    clock.advance(100);
    expect(quietAt).toBe(toNs(90));
  });

  test('does nothing once it is cancelled', () => {
    const clock = new ManualClock();
    const said: string[] = [];
    const cancel = whenQuiet({ clock, lastAt: () => 0n }, 50, 0n, () => said.push('quiet'));
    clock.advance(40);
    cancel();
    clock.advance(100);
    expect(said).toEqual([]);
  });

  test('with a timer that fired late first reads what the kernel holds', () => {
    const timers = new ManualClock();
    let blockedMs = 0;
    // A loop that was blocked: time has passed that the timers have not seen.
    const clock: Clock = {
      now: () => timers.now() + toNs(blockedMs),
      after: (ms, fn) => timers.after(ms, fn),
    };
    let lastAt = 0n;
    const said: string[] = [];
    whenQuiet({ clock, lastAt: () => lastAt }, 50, 0n, () => said.push('quiet'));
    blockedMs = 30;
    timers.advance(50);
    expect(said).toEqual([]);
    // What had arrived during the block is read now.
    lastAt = clock.now();
    timers.advance(10);
    expect(said).toEqual([]);
    timers.advance(60);
    expect(said).toEqual(['quiet']);
  });

  test('never ends within the call, even if the silence ends while it reads the clock', () => {
    const timers = new ManualClock();
    let looks = 0;
    // Each reading of the clock takes 1 ms: the 50 ms are not over at the first, and are at the second.
    const clock: Clock = { now: () => toNs(48 + ++looks), after: (ms, fn) => timers.after(ms, fn) };
    const said: string[] = [];
    whenQuiet({ clock, lastAt: () => 0n }, 50, 0n, () => said.push('quiet'));
    expect(said).toEqual([]);
    timers.advance(10);
    expect(said).toEqual(['quiet']);
  });
});
