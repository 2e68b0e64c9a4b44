import { ManualClock } from '../base/manual-clock.fixture.ts';
import { defaultSettings, type Settings } from '../settings/settings.ts';
import { Power } from './power.ts';

function open(changed: Partial<Settings> = {}): { clock: ManualClock; power: Power; log: string[] } {
  const clock = new ManualClock();
  const log: string[] = [];
  const power = new Power(clock, () => ({ ...defaultSettings, ...changed }), {
    boot: (cause) => log.push(`boot ${cause}`),
    halt: () => log.push('halt'),
    cut: () => log.push('cut'),
    powered: (on) => log.push(on ? 'up' : 'down'),
  });
  return { clock, power, log };
}

function openRunning(changed: Partial<Settings> = {}): ReturnType<typeof open> {
  const opened = open(changed);
  opened.power.supplyOn();
  opened.power.keyPressed();
  opened.log.length = 0;
  return opened;
}

describe('the power key', () => {
  test('starts a module that is off after half a second, and no sooner', () => {
    const { clock, power, log } = open();
    power.supplyOn();
    power.keyDown();
    clock.advance(499);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['up', 'boot power-key']);
    power.keyUp();
    clock.advance(1000);
    expect(log).toHaveLength(2);
  });

  test('does nothing when it is let go too soon', () => {
    const { clock, power, log } = open();
    power.supplyOn();
    power.keyDown();
    clock.advance(499);
    power.keyUp();
    clock.advance(1000);
    expect(log).toEqual([]);
  });

  test('needs a supply, and counts from when that comes', () => {
    const { clock, power, log } = open();
    power.keyDown();
    clock.advance(600);
    power.supplyOn();
    clock.advance(499);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['up', 'boot power-key']);
  });

  test.each([
    ['nothing', []],
    ['off', ['halt', 'down']],
    ['reset', ['halt', 'boot power-key']],
  ] as const)('does %s to a running module when so set', (powerKeyWhenOn, expected) => {
    const { power, log } = openRunning({ powerKeyWhenOn });
    power.keyPressed();
    expect(log).toEqual(expected);
  });
});

describe('the supply', () => {
  test('boots nothing by itself', () => {
    const { clock, power, log } = open();
    power.supplyOn();
    clock.advance(10_000);
    expect(log).toEqual([]);
  });

  test('stops everything when cut, timers included', () => {
    const { clock, power, log } = openRunning();
    power.powerOff();
    power.resetDown();
    power.keyDown();
    power.supplyOff();
    expect(log).toEqual(['cut', 'down']);
    clock.advance(10_000);
    power.resetUp();
    expect(log).toHaveLength(2);
  });
});

describe('the reset line', () => {
  test('holds the module after 50 ms and starts it when released', () => {
    const { clock, power, log } = openRunning();
    power.resetDown();
    clock.advance(50);
    expect(log).toEqual(['halt', 'down']);
    clock.advance(1000);
    power.resetUp();
    expect(log).toEqual(['halt', 'down', 'up', 'boot reset']);
  });

  test('does nothing when it is let go too soon, or when the module is off', () => {
    const { clock, power, log } = openRunning();
    power.resetDown();
    clock.advance(49);
    power.resetUp();
    clock.advance(100);
    expect(log).toEqual([]);
    const off = open();
    off.power.supplyOn();
    off.power.resetDown();
    off.clock.advance(100);
    off.power.resetUp();
    off.power.resetPressed();
    expect(off.log).toEqual([]);
  });

  test('held before the power key delays the start until its release', () => {
    const { clock, power, log } = open();
    power.resetDown();
    clock.advance(50);
    power.supplyOn();
    power.keyDown();
    clock.advance(500);
    power.keyUp();
    clock.advance(10_000);
    expect(log).toEqual([]);
    power.resetUp();
    expect(log).toEqual(['up', 'boot power-key']);
  });

  test('held without the power key starts nothing on release', () => {
    const { clock, power, log } = open();
    power.supplyOn();
    power.resetDown();
    clock.advance(50);
    power.keyDown();
    clock.advance(499);
    power.keyUp();
    power.resetUp();
    clock.advance(10_000);
    expect(log).toEqual([]);
  });

  test('released before the key was down long enough starts nothing; the key does', () => {
    const { clock, power, log } = open();
    power.supplyOn();
    power.resetDown();
    power.keyDown();
    clock.advance(300);
    power.resetUp();
    expect(log).toEqual([]);
    clock.advance(200);
    expect(log).toEqual(['up', 'boot power-key']);
  });

  test('held over a supply cut still stops the module, and the cut cancels the start', () => {
    const { clock, power, log } = openRunning();
    power.resetDown();
    clock.advance(50);
    power.supplyOff();
    power.supplyOn();
    power.keyPressed();
    expect(log).toEqual(['halt', 'down']);
    power.supplyOff();
    power.supplyOn();
    power.resetUp();
    expect(log).toEqual(['halt', 'down']);
    power.keyPressed();
    expect(log).toEqual(['halt', 'down', 'up', 'boot power-key']);
  });

  test('counts from when it went down, even over a supply cut', () => {
    const { clock, power, log } = openRunning();
    power.resetDown();
    clock.advance(30);
    power.supplyOff();
    clock.advance(20);
    power.supplyOn();
    power.keyPressed();
    expect(log).toEqual(['cut', 'down']);
    power.resetUp();
    expect(log).toEqual(['cut', 'down', 'up', 'boot power-key']);
  });

  test('keeps VDD_EXT up over a pulse', () => {
    const { power, log } = openRunning();
    power.resetPressed();
    expect(log).toEqual(['halt', 'boot reset']);
  });
});

describe('the module itself', () => {
  test('resets', () => {
    const { power, log } = openRunning();
    power.softReset();
    expect(log).toEqual(['halt', 'boot soft']);
  });

  test('switches off 1.02 s after its command, and starts again by the key', () => {
    const { clock, power, log } = openRunning();
    power.powerOff();
    clock.advance(1019);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['halt', 'down']);
    power.keyPressed();
    expect(log).toEqual(['halt', 'down', 'up', 'boot power-key']);
  });

  test('does not switch off when a reset came between', () => {
    const { clock, power, log } = openRunning();
    power.powerOff();
    power.resetPressed();
    clock.advance(5000);
    expect(log).toEqual(['halt', 'boot reset']);
  });
});
