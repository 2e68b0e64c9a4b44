import { toMs } from '../../base/clock.ts';
import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { request } from './coap-client.fixture.ts';
import { createOutbox, type Delivery } from './outbox.ts';
import { createTimers } from './timers.ts';

const peer = { address: '127.0.0.1', port: 1000 };
const message = request('0.01', '/666/0/6602', { messageId: 9 });

function createTestOutbox(random: () => number) {
  const clock = new ManualClock();
  const sentAt: number[] = [];
  const settled: Delivery[] = [];
  const timers = createTimers(clock);
  const outbox = createOutbox({ send: () => sentAt.push(toMs(clock.now())), timers, random });
  return { clock, sentAt, settled, timers, outbox, hear: (one: Delivery) => void settled.push(one) };
}

describe('a confirmable message', () => {
  test('without an answer is sent five times, at growing intervals, then given up', () => {
    const { clock, sentAt, settled, outbox, hear } = createTestOutbox(() => 0);
    outbox.deliver(peer, message, hear);
    clock.advance(61_999);
    expect(sentAt).toEqual([0, 2_000, 6_000, 14_000, 30_000]);
    expect(settled).toEqual([]);
    clock.advance(1);
    expect(settled).toEqual(['silent']);
  });

  test('waits up to half as long again, at random', () => {
    const { clock, sentAt, outbox, hear } = createTestOutbox(() => 0.5);
    outbox.deliver(peer, message, hear);
    clock.advance(10_000);
    expect(sentAt).toEqual([0, 2_500, 7_500]);
  });

  test.each(['acknowledged', 'reset'] as const)('is not sent again once %s', (delivery) => {
    const { clock, sentAt, settled, outbox, hear } = createTestOutbox(() => 0);
    outbox.deliver(peer, message, hear);
    clock.advance(2_000);
    expect(outbox.settle({ ...peer, port: 1 }, 9, delivery)).toBe(false);
    expect(outbox.settle(peer, 8, delivery)).toBe(false);
    expect(outbox.settle(peer, 9, delivery)).toBe(true);
    expect(outbox.settle(peer, 9, delivery)).toBe(false);
    clock.advance(100_000);
    expect(sentAt).toEqual([0, 2_000]);
    expect(settled).toEqual([delivery]);
  });

  test('is not sent again, and not reported, once it is withdrawn or the platform is closed', () => {
    const { clock, sentAt, settled, timers, outbox, hear } = createTestOutbox(() => 0);
    outbox.deliver(peer, message, hear)();
    outbox.deliver(peer, { ...message, messageId: 10 }, hear);
    timers.close();
    clock.advance(100_000);
    expect(sentAt).toEqual([0, 0]);
    expect(settled).toEqual([]);
  });
});
