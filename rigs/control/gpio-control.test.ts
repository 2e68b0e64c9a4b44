import type { HilError } from '../../harness/base/error.ts';
import { ManualClock } from '../../harness/base/manual-clock.fixture.ts';
import { type MemoryGpio, memoryGpio } from './gpio/memory-gpio.fixture.ts';
import { openGpioControl } from './gpio-control.ts';

const powerKey = { bcm: 17, active: 'high', pulseMs: 600 } as const;
const reset = { bcm: 27, active: 'low', pulseMs: 100 } as const;
const supply = { bcm: 22, active: 'high', offMs: 2000, settleMs: 100, atRest: 'off' } as const;
const powered = { bcm: 23, active: 'high' } as const;

type Keys = Omit<Parameters<typeof openGpioControl>[0]['keys'], 'driver'>;

let clock: ManualClock;
let driver: MemoryGpio;
beforeEach(() => {
  clock = new ManualClock();
  driver = memoryGpio(clock);
});

const open = (keys: Keys) => openGpioControl({ keys: { driver: 'onoff', ...keys }, driver, clock });

/** Advances the clock by single milliseconds until the promise has settled. */
async function passing<Result>(promise: Promise<Result>, limitMs = 20_000): Promise<Result> {
  let settled = false;
  const done = (): void => void (settled = true);
  promise.then(done, done);
  for (let ms = 0; ms < limitMs && !settled; ms++) {
    await new Promise(setImmediate);
    if (!settled) clock.advance(1);
  }
  return promise;
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  passing(promise).then(
    () => 'none',
    (error: HilError) => error.code,
  );

describe('a board with every line but VDD_EXT', () => {
  test('is claimed at rest, and switched on in order: supply, settling, power key', async () => {
    const board = open({ powerKey, reset, supply });
    await passing(board.rest());
    expect(driver.log).toEqual(['0 claim powerKey low', '0 claim reset high', '0 claim supply low']);
    await passing(board.off());
    await passing(board.on());
    expect(driver.log.slice(3)).toEqual(['2000 supply high', '2100 powerKey high', '2700 powerKey low']);
  });

  test('is switched on no sooner than its supply has been off for its time', async () => {
    const board = open({ powerKey, supply });
    await passing(board.rest());
    await passing(board.on());
    await passing(board.rest());
    await passing(board.on());
    expect(driver.log.filter((line) => line.includes('supply'))).toEqual([
      '0 claim supply low',
      '2000 supply high',
      '2700 supply low',
      '4700 supply high',
    ]);
  });

  test('is off when its supply has been cut for its time', async () => {
    const board = open({ powerKey, supply });
    await passing(board.on());
    await passing(board.off());
    expect(driver.log.at(-1)).toBe('2700 supply low');
    expect(clock.now()).toBe(4_700_000_000n);
  });

  test('gets no power key while it may run, nor while it has no supply', async () => {
    const board = open({ powerKey, supply });
    await passing(board.rest());
    await expect(codeOf(board.powerKey())).resolves.toBe('CONTROL_FAILED');
    await passing(board.on());
    await expect(codeOf(board.on())).resolves.toBe('CONTROL_FAILED');
    expect(driver.log.filter((line) => line.endsWith('powerKey high'))).toHaveLength(1);
  });

  test('is reset by a pulse of its length and polarity', async () => {
    await passing(open({ reset }).reset());
    expect(driver.log).toEqual(['0 claim reset high', '0 reset low', '100 reset high']);
  });

  test('may rest with its supply on', async () => {
    const board = open({ reset, supply: { ...supply, atRest: 'on' } });
    await passing(board.rest());
    await passing(board.off());
    await passing(board.rest());
    expect(driver.log.filter((line) => line.includes('supply'))).toEqual([
      '0 claim supply high',
      '0 supply low',
      '2000 supply high',
    ]);
  });

  test('cannot tell whether it is powered', async () => {
    await expect(passing(open({ supply }).powered())).resolves.toBeUndefined();
  });

  test('reports where its lines are, and which a killed run left exported', async () => {
    const board = open({ powerKey, supply, powered });
    await passing(board.rest());
    await expect(board.facts()).resolves.toEqual([
      'control.powerKey',
      'control.supply: was left exported by an earlier run, now at rest',
      'control.powered',
    ]);
  });
});

describe('what the rig file does not wire is refused by name', () => {
  test.each([
    ['on', { reset }, 'control.supply and no control.powerKey'],
    ['off', { powerKey }, 'control.supply'],
    ['reset', { supply }, 'control.reset'],
    ['powerKey', { supply }, 'control.powerKey'],
  ] as const)('%s', async (action, keys, named) => {
    const board = open(keys);
    await expect(passing(board[action]())).rejects.toMatchObject({
      code: 'CONTROL_FAILED',
      message: expect.stringContaining(`the rig file has no ${named}`) as string,
    });
  });

  test('and its capabilities say so before', () => {
    expect(open({ reset, powered }).capabilities).toEqual({
      powerKey: false,
      reset: true,
      supplyCut: false,
      powered: true,
      truth: false,
    });
  });
});

describe('a board with VDD_EXT', () => {
  /** The level that the module drives. */
  let vddExt: 'high' | 'low';
  beforeEach(() => {
    vddExt = 'low';
    driver.inputs.set('powered', () => vddExt);
  });
  const did = (end: string): boolean => driver.log.some((line) => line.endsWith(end));

  test('is on once it is seen to be', async () => {
    driver.inputs.set('powered', () => (did('powerKey high') ? 'high' : 'low'));
    const board = open({ powerKey, supply, powered });
    await passing(board.on());
    await expect(passing(board.powered())).resolves.toBe(true);
  });

  test('that stays low after the power key is an error of the rig', async () => {
    await expect(codeOf(open({ powerKey, supply, powered }).on())).resolves.toBe('GPIO_NOT_POWERED');
    expect(driver.log.at(-1)).toMatch(/powerKey low$/);
  });

  test('gets no power key while the module runs', async () => {
    vddExt = 'high';
    const board = open({ powerKey, powered });
    await passing(board.on());
    await expect(codeOf(board.powerKey())).resolves.toBe('GPIO_ALREADY_POWERED');
    expect(did('powerKey high')).toBe(false);
  });

  test('that stays high after a supply cut means the cut was none', async () => {
    vddExt = 'high';
    await expect(codeOf(open({ supply, powered }).off())).resolves.toBe('GPIO_STILL_POWERED');
  });

  test('counts only when it is steady, since it toggles while RESET is held', async () => {
    driver.inputs.set('powered', () => {
      const bouncing = !did('reset high') || clock.now() < 150_000_000n;
      return bouncing && clock.now() % 10_000_000n < 5_000_000n ? 'low' : 'high';
    });
    await passing(open({ reset, powered }).reset());
    expect(clock.now()).toBeGreaterThanOrEqual(165_000_000n);
    expect(clock.now()).toBeLessThan(200_000_000n);
  });

  test('that never becomes steady is an error', async () => {
    driver.inputs.set('powered', () => (clock.now() % 10_000_000n < 5_000_000n ? 'low' : 'high'));
    await expect(codeOf(open({ supply, powered }).powered())).resolves.toBe('GPIO_UNSTEADY');
  });
});

describe('calls', () => {
  test('come one after the other', async () => {
    const board = open({ powerKey, reset, supply });
    await passing(Promise.all([board.on(), board.reset()]));
    expect(driver.log.slice(3)).toEqual([
      '2000 supply high',
      '2100 powerKey high',
      '2700 powerKey low',
      '2700 reset low',
      '2800 reset high',
    ]);
  });

  test('are aborted by rest, the key released at once; waiting ones are not begun', async () => {
    const board = open({ powerKey, reset, supply });
    const calls = [board.on(), board.reset()].map(codeOf);
    while (!driver.log.at(-1)?.endsWith('powerKey high')) await new Promise(setImmediate);
    clock.advance(10);
    await passing(board.rest());
    await expect(Promise.all(calls)).resolves.toEqual(['ABORTED', 'ABORTED']);
    expect(driver.log.slice(-2).map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'powerKey low',
      'supply low',
    ]);
    expect(driver.log.some((line) => line.includes('reset low'))).toBe(false);
  });

  test('after close are refused; close releases every line, once', async () => {
    const board = open({ powerKey, supply });
    await passing(board.rest());
    await passing(Promise.all([board.close(), board.close()]));
    expect(driver.log.slice(-2)).toEqual(['0 release powerKey', '0 release supply']);
    await expect(codeOf(board.rest())).resolves.toBe('CONTROL_FAILED');
  });

  test('close touches no line of a board that was not used', async () => {
    await passing(open({ powerKey, supply }).close());
    expect(driver.log).toEqual([]);
  });
});

describe('when something fails', () => {
  test('a claim releases what was claimed before, and is tried again by the next call', async () => {
    const board = open({ powerKey, supply });
    driver.failures.set('claim supply', new Error('no such line'));
    await expect(passing(board.rest())).rejects.toThrow('no such line');
    expect(driver.log).toEqual(['0 claim powerKey low', '0 release powerKey']);
    driver.failures.clear();
    await passing(board.rest());
    expect(driver.log.at(-1)).toBe('0 claim supply low');
  });

  test('rest still drives every other line', async () => {
    const board = open({ powerKey, reset, supply });
    await passing(board.on());
    driver.failures.set('reset', new Error('stuck'));
    await expect(passing(board.rest())).rejects.toThrow('stuck');
    expect(driver.log.at(-1)).toBe('2700 supply low');
  });
});
