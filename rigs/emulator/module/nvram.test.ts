import { msToNs } from '../base/clock.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { NvramFlash, type NvramStore } from './nvram.ts';

const ITEM_MS = 8;
const TIMES = { itemMs: () => ITEM_MS };

/** A store in memory. */
function memory(): NvramStore & { saves: number } {
  let kept: ReadonlyMap<string, string> = new Map();
  const store = {
    saves: 0,
    load: () => kept,
    save: (items: ReadonlyMap<string, string>) => {
      store.saves += 1;
      kept = new Map(items);
    },
  };
  return store;
}

function open(): { clock: ManualClock; store: ReturnType<typeof memory>; flash: NvramFlash } {
  const clock = new ManualClock();
  const store = memory();
  return { clock, store, flash: new NvramFlash(clock, store, TIMES) };
}

const server = (address: string, port: string, period: string): Map<string, string> =>
  new Map([
    ['dm_ip', address],
    ['dm_port', port],
    ['dm_period', period],
  ]);

const OLD = server('192.0.2.1', '5683', '300');
const NEW = server('192.0.2.2', '5684', '301');

describe('NVRAM', () => {
  test('reads what was committed at once, erased items included', () => {
    const { flash } = open();
    flash.commit(OLD);
    expect(flash.read('dm_port')).toBe('5683');
    flash.commit(new Map([['dm_port', undefined]]));
    expect(flash.read('dm_port')).toBeUndefined();
    expect(flash.read('dm_ip')).toBe('192.0.2.1');
  });

  test('holds the old record or the new, whenever the supply is cut', () => {
    for (let cutAt = 0; cutAt <= 3 * ITEM_MS + 2; cutAt += 0.5) {
      const { clock, store, flash } = open();
      flash.commit(OLD);
      flash.flush();
      flash.commit(NEW);
      clock.advance(cutAt);
      flash.cut();
      clock.advance(1000);
      expect([cutAt, store.load()]).toEqual([cutAt, cutAt >= 3 * ITEM_MS ? NEW : OLD]);
      expect(flash.read('dm_ip')).toBe(store.load().get('dm_ip'));
    }
  });

  test('uses the clock even when its timer is late', () => {
    const { clock, store } = open();
    const withoutTimers = { now: () => clock.now(), at: () => () => undefined };
    const flash = new NvramFlash(withoutTimers, store, TIMES);
    flash.commit(new Map([['a', '1']]));
    clock.advance(ITEM_MS);
    flash.commit(new Map([['a', '2']]));
    flash.cut();
    expect(store.load()).toEqual(new Map([['a', '1']]));
  });

  test('writes one transaction after the other', () => {
    const { clock, store, flash } = open();
    flash.commit(new Map([['a', '1']]));
    flash.commit(new Map([['b', '2']]));
    clock.advance(2 * ITEM_MS - 1);
    expect(store.load()).toEqual(new Map([['a', '1']]));
    clock.advance(1);
    expect(store.load().get('b')).toBe('2');
  });

  test('mixes old and new values when a record is committed item by item', () => {
    const { clock, store, flash } = open();
    for (const item of NEW) flash.commit(new Map([item]));
    clock.advance(2 * ITEM_MS);
    flash.cut();
    expect([...store.load().keys()]).toEqual(['dm_ip', 'dm_port']);
  });

  test('writes nothing for what has not changed', () => {
    const { clock, store, flash } = open();
    flash.commit(new Map([['a', '1']]));
    flash.commit(new Map([['a', '1']]));
    clock.advance(100);
    flash.commit(
      new Map([
        ['a', '1'],
        ['none', undefined],
      ]),
    );
    clock.advance(100);
    expect(store.saves).toBe(1);
  });

  test('takes time by the number of items that change', () => {
    const { clock, store, flash } = open();
    flash.commit(OLD);
    clock.advance(100);
    flash.commit(new Map([...OLD, ['dm_port', '7']]));
    clock.advance(ITEM_MS);
    expect(clock.now()).toBe(msToNs(100 + ITEM_MS));
    expect(store.load().get('dm_port')).toBe('7');
  });

  test('that begins late writes late, and later transactions are not later for it', () => {
    const clock = new ManualClock();
    const store = memory();
    const flash = new NvramFlash(clock, store, { ...TIMES, waitMs: () => 50 });
    flash.commit(new Map([['a', '1']]));
    flash.commit(new Map([['b', '2']]));
    clock.advance(50 + ITEM_MS - 1);
    expect(store.load()).toEqual(new Map());
    clock.advance(1 + ITEM_MS);
    expect([...store.load().keys()]).toEqual(['a', 'b']);
  });

  test('is busy until all that was committed is written, however late that begins', () => {
    const clock = new ManualClock();
    const flash = new NvramFlash(clock, memory(), { ...TIMES, waitMs: () => 50 });
    clock.advance(3);
    flash.commit(OLD);
    flash.commit(new Map([['a', '1']]));
    expect(flash.busyUntil).toBe(msToNs(3 + 4 * ITEM_MS));
    flash.flush();
    expect(flash.busyUntil).toBe(msToNs(3));
    flash.commit(new Map([['a', '1']]));
    expect(flash.busyUntil).toBe(msToNs(3));
    flash.commit(NEW);
    flash.cut();
    expect(flash.busyUntil).toBe(msToNs(3));
  });

  test('is complete after an orderly end, and in the next run', () => {
    const { clock, store, flash } = open();
    flash.commit(NEW);
    flash.flush();
    expect(new NvramFlash(clock, store, TIMES).read('dm_ip')).toBe('192.0.2.2');
  });
});
