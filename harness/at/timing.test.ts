import { type Clock, toNs } from '../base/clock.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { memoryTrace } from '../base/trace.ts';
import { createAtClient } from './client.ts';
import { scriptedPort } from './scripted-port.fixture.ts';
import { pass } from './test-desk.fixture.ts';
import { judgeLimit, type Stamps, timingOf } from './timing.ts';

/** 96 bytes at 9600 baud: 100 ms on the wire, so the clock starts at 1100 ms. */
const stamps: Stamps = {
  sentAt: toNs(1000),
  sentBytes: 96,
  callbackAt: toNs(1002),
  answeredAt: toNs(1300),
  endedAt: toNs(1310),
  answerBytes: 12,
  baud: 9600,
  latenessMs: 3,
  adapter: { readMs: 0, writeMs: 0 },
};

describe('the clock', () => {
  test('starts when the command can have left, and stops at the last byte', () => {
    expect(timingOf(stamps)).toEqual({
      sentAt: toNs(1000),
      startedAt: toNs(1100),
      endedAt: toNs(1310),
      hi: 210,
      // 2 ms between the earliest and the latest start, 3 ms of lateness
      lo: 205,
      answerWireMs: 12.5,
      latenessMs: 3,
      adapterMs: 0,
      disturbanceMs: 0,
    });
  });

  test('allows for what the adapter can have held back, both ways', () => {
    const usb = { readMs: 17, writeMs: 2 };
    // At the callback the system has the bytes: the adapter may send them later.
    expect(timingOf({ ...stamps, adapter: usb })).toMatchObject({ hi: 210, lo: 205 - 17 - 2, adapterMs: 17 });
    // The beginning of the answer had arrived before it was read.
    expect(timingOf({ ...stamps, adapter: usb, callbackAt: undefined })).toMatchObject({
      hi: 210,
      lo: 0,
    });
    expect(
      timingOf({ ...stamps, adapter: usb, callbackAt: undefined, answeredAt: toNs(1150) }),
    ).toMatchObject({ lo: 210 - 50 - 3 - 17 });
  });

  test('is not over beyond doubt at 290 ms behind an adapter with its default timer', () => {
    // The answer was at the adapter 290 ms after the command's last bit, and was read 16 ms later.
    const slow = timingOf({ ...stamps, callbackAt: toNs(1000), endedAt: toNs(1100 + 306), latenessMs: 0 });
    expect(judgeLimit({ ...slow, answerWireMs: 2 }, 300)).toBe('over');
    const allowed = timingOf({
      ...stamps,
      callbackAt: toNs(1000),
      endedAt: toNs(1100 + 306),
      latenessMs: 0,
      adapter: { readMs: 17, writeMs: 2 },
    });
    expect(judgeLimit({ ...allowed, answerWireMs: 2 }, 300)).toBe('inconclusive');
  });

  test('a callback that comes after the answer began does not bound the start: the answer does', () => {
    expect(timingOf({ ...stamps, callbackAt: toNs(1299) })).toMatchObject({ hi: 210, lo: 7 });
    expect(timingOf({ ...stamps, callbackAt: undefined })).toMatchObject({ hi: 210, lo: 7 });
  });

  test('the latest start is never before the start', () => {
    // On a PTY nothing paces the bytes: the answer can be there before the command could have left a wire.
    const early = timingOf({ ...stamps, answeredAt: toNs(1050), latenessMs: 0 });
    expect(early).toMatchObject({ hi: 210, lo: 210 });
  });

  test('no exchange took less than nothing, and lo is never more than hi', () => {
    expect(timingOf({ ...stamps, latenessMs: 500 })).toMatchObject({ hi: 210, lo: 0 });
    expect(timingOf({ ...stamps, answeredAt: toNs(1001), endedAt: toNs(1002) })).toMatchObject({
      hi: 0,
      lo: 0,
    });
  });
});

describe('a limit of 300 ms', () => {
  const timing = { ...timingOf(stamps), answerWireMs: 10, disturbanceMs: 0 };

  test.each([
    ['within', 'the most it can have taken keeps it', { lo: 290, hi: 300 }],
    ['inconclusive', 'it lies inside the interval', { lo: 299, hi: 301 }],
    ['inconclusive', 'the least it can have taken is the limit itself', { lo: 300, hi: 305 }],
    ['inconclusive', 'only the time of the answer on the wire carries it over', { lo: 310, hi: 312 }],
    ['over', 'it is over even without that', { lo: 310.1, hi: 312 }],
    ['inconclusive', 'the emulator was late by so much', { lo: 330, hi: 332, disturbanceMs: 20 }],
    ['over', 'it is over even without the lateness of the emulator', { lo: 331, hi: 332, disturbanceMs: 20 }],
  ])('is %s when %s', (verdict, _why, interval) => {
    expect(judgeLimit({ ...timing, ...interval }, 300)).toBe(verdict);
  });
});

test('an exchange takes from its port what the adapter can hold back', async () => {
  const clock = new ManualClock();
  const port = { ...scriptedPort(clock), adapter: { readMs: 17, writeMs: 2 } };
  port.answer('\r\nOK\r\n');
  const at = createAtClient({ port, clock, trace: memoryTrace() });
  const answer = at.send('AT');
  await pass({ clock }, 1, 1);
  expect((await answer).timing).toMatchObject({ adapterMs: 17, lo: 0 });
});

test('an exchange carries the bounds: write callback, echo left out of the wire time', async () => {
  const clock = new ManualClock();
  const port = scriptedPort(clock, 10_000);
  port.callbackAfter = 4;
  // A byte takes 1 ms at 10,000 baud; the echo of three characters and a CR, then ten bytes of answer.
  port.answer([
    { afterMs: 4, text: 'ATI\r' },
    { afterMs: 100, text: '\r\nBC26\r\n\r\nOK\r\n' },
  ]);
  const at = createAtClient({ port, clock, trace: memoryTrace() });
  const answer = at.send('ATI');
  await pass({ clock }, 100, 1);
  const { timing } = await answer;
  expect(timing).toMatchObject({
    sentAt: 0n,
    startedAt: toNs(4),
    endedAt: toNs(100),
    hi: 96,
    answerWireMs: 14,
  });
  // The echo shows the command was there after 4 ms, so only the lateness watch's three beats are left.
  expect(timing.lo).toBeCloseTo(96 - timing.latenessMs);
  expect(timing.latenessMs).toBeGreaterThan(0);
  expect(timing.latenessMs).toBeLessThanOrEqual(3);
});

test.each([
  ['with its line end', '\r\nOK\r\n'],
  ['with its CR alone, and was released later', '\r\nOK\r'],
])('an answer that came %s is not judged later than our event loop was', async (_how, text) => {
  const timers = new ManualClock();
  let blockedMs = 0;
  const clock: Clock = { now: () => timers.now() + toNs(blockedMs), after: (ms, fn) => timers.after(ms, fn) };
  const port = scriptedPort(clock);
  const at = createAtClient({ port, clock, trace: memoryTrace() });
  const answer = at.send('AT');
  await pass({ clock: timers }, 290, 1);
  blockedMs = 30;
  port.arrive(text);
  await pass({ clock: timers }, 60, 1);
  const { timing } = await answer;
  expect(timing.hi).toBeCloseTo(320 - 0.26, 1);
  expect(timing.latenessMs).toBeGreaterThanOrEqual(30);
  expect(judgeLimit(timing, 300)).toBe('inconclusive');
});
