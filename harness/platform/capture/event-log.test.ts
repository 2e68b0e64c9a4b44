import { ManualClock } from '../../base/manual-clock.fixture.ts';
import type { EventBody } from '../lwm2m/events.ts';
import { createEventLog, MAX_EVENTS } from './event-log.ts';

const peer = { address: '127.0.0.1', port: 1000 };
const refused = (code: string): EventBody => ({ type: 'refused', step: 'register', code, reason: '' });
const isRefused = ({ type }: { type: string }): boolean => type === 'refused';

describe('waiting for an event', () => {
  test('resolves with the first event that satisfies the predicate, stamped and numbered', async () => {
    const clock = new ManualClock();
    const log = createEventLog(clock);
    const found = log.waitFor((event) => event.type === 'refused' && event.code === '4.03', {
      deadlineMs: 10,
    });
    clock.advance(1);
    log.emit(peer, refused('4.00'));
    log.emit(peer, refused('4.03'));
    await expect(found).resolves.toMatchObject({ number: 2, at: 1_000_000n, peer, code: '4.03' });
  });

  test('includes earlier events after the given number', async () => {
    const log = createEventLog(new ManualClock());
    log.emit(peer, refused('4.00'));
    const before = log.last;
    log.emit(peer, refused('4.01'));
    const found = log.waitFor(isRefused, { deadlineMs: 10, after: before });
    await expect(found).resolves.toMatchObject({ number: 2 });
  });

  test('ends with its deadline', async () => {
    const clock = new ManualClock();
    const log = createEventLog(clock);
    const found = log.waitFor(isRefused, { deadlineMs: 10, what: 'a registration' });
    const rejected = expect(found).rejects.toMatchObject({
      code: 'PLATFORM_TIMEOUT',
      message: expect.stringContaining('a registration') as string,
    });
    clock.advance(10);
    await rejected;
  });

  test('ends with the signal, at once or later', async () => {
    const log = createEventLog(new ManualClock());
    const controller = new AbortController();
    const options = { deadlineMs: 10, signal: controller.signal };
    const found = expect(log.waitFor(isRefused, options)).rejects.toMatchObject({ code: 'ABORTED' });
    controller.abort();
    await found;
    await expect(log.waitFor(isRefused, options)).rejects.toMatchObject({ code: 'ABORTED' });
  });

  test('ends with the platform', async () => {
    const log = createEventLog(new ManualClock());
    const found = expect(log.waitFor(isRefused, { deadlineMs: 10 })).rejects.toMatchObject({
      code: 'PLATFORM_CLOSED',
    });
    log.close();
    await found;
    await expect(log.waitFor(isRefused, { deadlineMs: 10 })).rejects.toMatchObject({
      code: 'PLATFORM_CLOSED',
    });
  });

  test('rejects with an error of the predicate, and the platform goes on', async () => {
    const log = createEventLog(new ManualClock());
    const found = log.waitFor(
      () => {
        throw new Error('mine');
      },
      { deadlineMs: 10 },
    );
    const rejected = expect(found).rejects.toThrow(/mine/);
    log.emit(peer, refused('4.00'));
    await rejected;
  });
});

test('the log is bounded', () => {
  const log = createEventLog(new ManualClock());
  for (let n = 0; n < MAX_EVENTS + 5; n++) log.emit(peer, refused('4.00'));
  expect(log.events).toHaveLength(MAX_EVENTS);
  expect(log.events[0]?.number).toBe(6);
});
