import { ManualClock } from '../base/manual-clock.ts';
import { createDedupe } from './dedupe.ts';

const peer = { address: '127.0.0.1', port: 1000 };

describe('copies of a message', () => {
  test('are known by source address, port and message id', () => {
    const dedupe = createDedupe(new ManualClock());
    dedupe.begin(peer, 5).replies.push(Uint8Array.of(1));
    expect(dedupe.seen(peer, 5)?.replies).toEqual([Uint8Array.of(1)]);
    expect(dedupe.seen(peer, 6)).toBeUndefined();
    expect(dedupe.seen({ ...peer, port: 1001 }, 5)).toBeUndefined();
    expect(dedupe.seen({ ...peer, address: '127.0.0.2' }, 5)).toBeUndefined();
  });

  test('are known for 247 s', () => {
    const clock = new ManualClock();
    const dedupe = createDedupe(clock);
    dedupe.begin(peer, 5);
    clock.advance(246_999);
    expect(dedupe.seen(peer, 5)).toBeDefined();
    clock.advance(1);
    expect(dedupe.seen(peer, 5)).toBeUndefined();
  });

  test('a flood pushes the oldest out, not the latest', () => {
    const dedupe = createDedupe(new ManualClock());
    for (let port = 1; port <= 20_000; port++) dedupe.begin({ ...peer, port }, 5);
    expect(dedupe.seen({ ...peer, port: 1 }, 5)).toBeUndefined();
    expect(dedupe.seen({ ...peer, port: 20_000 }, 5)).toBeDefined();
  });
});
