import { ManualClock } from '../base/manual-clock.fixture.ts';
import { SettingsInForce } from '../settings/settings-in-force.ts';
import { type Controlled, executeControlLine } from './control-lines.ts';
import { FaultSwitches } from './fault-switches.ts';
import { Power } from './power.ts';

function open(): { clock: ManualClock; on: Controlled; log: string[] } {
  const clock = new ManualClock();
  const log: string[] = [];
  const settings = new SettingsInForce();
  const power = new Power(clock, () => settings.current(), {
    boot: (cause) => log.push(`boot ${cause}`),
    halt: () => log.push('halt'),
    cut: () => log.push('cut'),
    powered: (up) => log.push(up ? 'up' : 'down'),
  });
  const faults = new FaultSwitches([{ id: 'slow', describe: '', breaks: ['X'] }]);
  return { clock, log, on: { clock, power, faults, settings, quit: () => log.push('quit') } };
}

/** Executes lines one after the other while the clock runs. */
async function obey(opened: ReturnType<typeof open>, ...lines: string[]): Promise<string[]> {
  for (const line of lines) {
    const done = executeControlLine(line, opened.on);
    opened.clock.advance(1000);
    await done;
  }
  return opened.log;
}

describe('control lines', () => {
  test('switch the module on and cut it off', async () => {
    expect(await obey(open(), 'on', 'off')).toEqual(['up', 'boot power-key', 'cut', 'down']);
  });

  test('work the supply and the keys one by one, as levels', async () => {
    const lines = ['supply on', 'power-key down', 'power-key up', 'reset down', 'reset up', 'supply off'];
    expect(await obey(open(), ...lines)).toEqual([
      'up',
      'boot power-key',
      'halt',
      'down',
      'up',
      'boot reset',
      'cut',
      'down',
    ]);
  });

  test('work the keys as pulses', async () => {
    expect(await obey(open(), 'supply on', 'power-key', 'reset')).toEqual([
      'up',
      'boot power-key',
      'halt',
      'boot reset',
    ]);
  });

  test('settle a pulse only when it has taken effect', async () => {
    const { clock, on, log } = open();
    let settled = false;
    const done = executeControlLine('on', on).then(() => (settled = true));
    await Promise.resolve();
    expect([settled, log]).toEqual([false, []]);
    clock.advance(20);
    await done;
    expect(log).toEqual(['up', 'boot power-key']);
  });

  test('release everything at rest', async () => {
    const opened = open();
    await obey(opened, 'supply on', 'power-key down', 'reset down', 'rest', 'supply on');
    expect(opened.log).toEqual(['up', 'boot power-key', 'halt', 'down']);
  });

  test('change settings and faults', async () => {
    const opened = open();
    await obey(opened, 'set bootMs 300', 'fault slow', 'fault slow');
    expect(opened.on.settings.current().bootMs).toBe(300);
    expect(opened.on.faults.current().map(({ id }) => id)).toEqual(['slow']);
    await obey(opened, 'heal slow', 'quit');
    expect(opened.on.faults.current()).toEqual([]);
    expect(opened.log).toEqual(['quit']);
  });

  test.each([
    'dance',
    'supply',
    'supply maybe',
    'reset sideways',
    'fault none',
    'set bootMs soon',
    'set no 1',
    'fault',
  ])('refuse %j in one line', async (line) => {
    await expect(executeControlLine(line, open().on)).rejects.toThrow(/^[^\n]+$/);
  });

  test.each([
    ['rset', 'no control line begins with "rset" (did you mean reset'],
    ['supply onn', '"onn" is not one of: on, off (did you mean on?)'],
    ['heal slo', 'no fault is called "slo" (did you mean slow?)'],
    ['set bootms 5', 'no setting is called "bootms" (did you mean bootMs?)'],
  ])('that are mistyped are refused with the name that was meant: %s', async (line, said) => {
    await expect(executeControlLine(line, open().on)).rejects.toThrow(said);
  });
});
