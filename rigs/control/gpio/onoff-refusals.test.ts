import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Clock, systemClock, toNs } from '../../../harness/base/clock.ts';
import { type OnoffModule, openOnoff } from './onoff-driver.ts';

// Files cannot refuse as a kernel does: so onoff itself is replaced here, and only here.

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'sysfs-'));
  const chip = path.join(root, 'gpiochip512');
  mkdirSync(chip);
  for (const [name, text] of Object.entries({ label: 'pinctrl-bcm2711', base: '512', ngpio: '58' }))
    writeFileSync(path.join(chip, name), `${text}\n`);
});
afterEach(() => rmSync(root, { recursive: true }));

const systemError = (code: string): Error =>
  Object.assign(new Error(`${code}: refused, write`), { code, syscall: 'write' });

/** An onoff whose Gpio has this constructor and reads back these values. */
function onoff(construct: () => void, { direction = 'out', value = 0 } = {}): OnoffModule {
  return {
    Gpio: class {
      constructor() {
        construct();
      }
      readSync = (): number => value;
      writeSync = (): void => {};
      direction = (): string => direction;
      unexport = (): void => {};
    },
  };
}

/** A clock that advances only during waits, so that they do not depend on the machine. */
const clockOfWaits = (): Clock => {
  let now = 0n;
  return {
    now: () => now,
    after(ms, fn) {
      now += toNs(ms);
      const call = setImmediate(fn);
      return () => clearImmediate(call);
    },
  };
};

const claim = (module: OnoffModule, clock: Clock = systemClock) =>
  openOnoff({ clock, root, load: () => Promise.resolve(module) }).claimOutput(
    { key: 'control.supply', bcm: 22 },
    'low',
  );

describe('a line the kernel does not give', () => {
  test.each([
    ['EACCES', 'GPIO_DENIED', /group gpio/],
    ['EPERM', 'GPIO_DENIED', /group gpio/],
    ['EBUSY', 'GPIO_BUSY', /gpioinfo/],
    ['EINVAL', 'GPIO_LINE_INVALID', /bcm/],
    ['ENOENT', 'GPIO_UNAVAILABLE', /driver: gpioset/],
    ['EIO', 'GPIO_FAILED', /by hand/],
  ])('with %s is %s, which names the line and says what to do', async (code, expected, remedy) => {
    const refused = claim(
      onoff(() => {
        throw systemError(code);
      }),
    );
    await expect(refused).rejects.toMatchObject({
      code: expected,
      message: expect.stringContaining(
        'control.supply (GPIO22 of pinctrl-bcm2711, gpiochip512, sysfs 534)',
      ) as string,
      remedy: expect.stringMatching(remedy) as string,
    });
  });

  test('is asked for again once udev has handed it over', async () => {
    const folder = path.join(root, 'gpio534');
    let tries = 0;
    const line = await claim(
      onoff(() => {
        if (++tries > 1) return;
        mkdirSync(folder);
        setTimeout(() => {
          for (const name of ['value', 'direction', 'active_low']) writeFileSync(path.join(folder, name), '');
        }, 60);
        throw systemError('EACCES');
      }),
    );
    expect([tries, line.leftover]).toEqual([2, false]);
  });

  test.each([
    [{ value: 1 }, 'out, high'],
    [{ direction: 'in' }, 'in, low'],
  ])(
    'is refused if it does not read back as claimed, which onoff does not check (%j)',
    async (line, found) => {
      await expect(
        claim(
          onoff(() => {}, line),
          clockOfWaits(),
        ),
      ).rejects.toMatchObject({
        code: 'GPIO_NOT_FOLLOWED',
        message: expect.stringContaining(found) as string,
      });
    },
  );
});

describe('how long a line may take to read back as asked', () => {
  /** A line that reads back as `out` from `readyMs` on, and whose level follows each write `lateMs` later. */
  function lateLine(clock: Clock, { readyMs = 0, lateMs = 0 }): OnoffModule {
    const ready = clock.now() + toNs(readyMs);
    let [value, follows] = [0, 0n];
    return {
      Gpio: class {
        readSync = (): number => (clock.now() >= follows ? value : 1 - value);
        writeSync(asked: number): void {
          [value, follows] = [asked, clock.now() + toNs(lateMs)];
        }
        direction = (): string => (clock.now() >= ready ? 'out' : 'low');
        unexport = (): void => {};
      },
    };
  }

  test('is two seconds when it is claimed, which is no pulse', async () => {
    const clock = clockOfWaits();
    const line = await claim(lateLine(clock, { readyMs: 1_900 }), clock);
    expect(line.leftover).toBe(false);
    const slower = clockOfWaits();
    await expect(claim(lateLine(slower, { readyMs: 2_100 }), slower)).rejects.toMatchObject({
      code: 'GPIO_NOT_FOLLOWED',
    });
  });

  test('is 50 ms when it is driven, less than any pulse', async () => {
    const clock = clockOfWaits();
    const line = await claim(lateLine(clock, { lateMs: 40 }), clock);
    await line.write('high');
    const slower = clockOfWaits();
    const late = await claim(lateLine(slower, { lateMs: 60 }), slower);
    await expect(late.write('high')).rejects.toMatchObject({ code: 'GPIO_NOT_FOLLOWED' });
  });
});

describe('an input that is exported already', () => {
  const claimInput = (module: OnoffModule) => {
    mkdirSync(path.join(root, 'gpio535'));
    for (const name of ['value', 'direction', 'active_low'])
      writeFileSync(path.join(root, 'gpio535', name), '');
    return openOnoff({ clock: clockOfWaits(), root, load: () => Promise.resolve(module) }).claimInput({
      key: 'control.powered',
      bcm: 23,
    });
  };

  test('is reported as left behind', async () => {
    const line = await claimInput(onoff(() => {}, { direction: 'in' }));
    expect(line.leftover).toBe(true);
  });

  test('is refused while it is still an output, whose level would be its own', async () => {
    await expect(claimInput(onoff(() => {}, { direction: 'out', value: 1 }))).rejects.toMatchObject({
      code: 'GPIO_NOT_FOLLOWED',
      message: expect.stringMatching(
        /control\.powered .* made an input, but reads back as out, high/,
      ) as string,
    });
  });
});

test('without onoff the error says how to install it, or to use gpioset', async () => {
  const driver = openOnoff({
    clock: systemClock,
    root,
    load: () => Promise.reject(new Error('Could not locate the bindings file. Tried:\n → …')),
  });
  await expect(driver.claimInput({ key: 'control.powered', bcm: 23 })).rejects.toMatchObject({
    code: 'GPIO_ONOFF_MISSING',
    message: 'onoff cannot be loaded: Could not locate the bindings file. Tried:',
    remedy: expect.stringMatching(/python3.*driver: gpioset/) as string,
  });
});

test('without sysfs GPIO the error says so', async () => {
  const driver = openOnoff({ clock: systemClock, root: path.join(root, 'nowhere') });
  await expect(driver.claimInput({ key: 'control.powered', bcm: 23 })).rejects.toMatchObject({
    code: 'GPIO_UNAVAILABLE',
    message: expect.stringContaining('control.powered') as string,
  });
});

test('a sysfs number of the rig file is used as it is', async () => {
  const driver = openOnoff({ clock: systemClock, root, load: () => Promise.resolve(onoff(() => {})) });
  const line = await driver.claimOutput({ key: 'control.reset', sysfs: 529 }, 'low');
  expect(line.place).toBe('control.reset (sysfs 529, as the rig file gives it)');
});
