import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { createDedupe } from './dedupe.ts';

const peer = { address: '127.0.0.1', port: 1000 };
const bytes = Uint8Array.of(0x40, 0x02, 0x00, 0x05);

describe('copies of a message', () => {
  test('are recognized by source address, port and message id', () => {
    const dedupe = createDedupe(new ManualClock());
    dedupe.add(peer, 5, bytes).replies.push(Uint8Array.of(1));
    expect(dedupe.find(peer, 5, bytes)?.replies).toEqual([Uint8Array.of(1)]);
    expect(dedupe.find(peer, 6, bytes)).toBeUndefined();
    expect(dedupe.find({ ...peer, port: 1001 }, 5, bytes)).toBeUndefined();
    expect(dedupe.find({ ...peer, address: '127.0.0.2' }, 5, bytes)).toBeUndefined();
  });

  test('are equal in every byte: the same id with other bytes is a new message, of a module that has restarted', () => {
    const dedupe = createDedupe(new ManualClock());
    dedupe.add(peer, 5, bytes);
    const other = Uint8Array.of(...bytes, 0xff);
    expect(dedupe.find(peer, 5, other)).toBeUndefined();
    dedupe.add(peer, 5, other);
    expect(dedupe.find(peer, 5, other)).toBeDefined();
    expect(dedupe.find(peer, 5, bytes)).toBeUndefined();
  });

  test('are recognized for 247 s', () => {
    const clock = new ManualClock();
    const dedupe = createDedupe(clock);
    dedupe.add(peer, 5, bytes);
    clock.advance(246_999);
    expect(dedupe.find(peer, 5, bytes)).toBeDefined();
    clock.advance(1);
    expect(dedupe.find(peer, 5, bytes)).toBeUndefined();
  });

  test('in a flood the oldest message is forgotten, not the latest', () => {
    const dedupe = createDedupe(new ManualClock());
    for (let port = 1; port <= 20_000; port++) dedupe.add({ ...peer, port }, 5, bytes);
    expect(dedupe.find({ ...peer, port: 1 }, 5, bytes)).toBeUndefined();
    expect(dedupe.find({ ...peer, port: 20_000 }, 5, bytes)).toBeDefined();
  });
});
