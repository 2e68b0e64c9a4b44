import { openCommandLayer } from '../../board/command-layer.fixture.ts';
import { server, type Steps, testFaults } from '../fault-expectations.fixture.ts';
import { faults } from './deaf.ts';

const locationRead = 'AT+QDMPCFGEX=5,1';
const longLine = `AT+QDMPCFG=1,${'9'.repeat(400)},5683,300`;
const erase = 'AT+QDMPCFG=5,1';

/** A command, then `AT`, at once and after each kind of boot. */
const deafnessAfter =
  (command: string): Steps =>
  (layer) => {
    const own = layer.send(command);
    const alive = (): readonly string[] => layer.send('AT');
    const after = (boot: Parameters<typeof layer.reboot>[0]): readonly string[] => {
      layer.reboot(boot);
      return alive();
    };
    return { own, 'at once': alive(), reset: after('reset'), power: after('power-key') };
  };

const none = ['none'];
const untilReset = { own: none, 'at once': none };

testFaults(faults, [
  ['deaf', deafnessAfter(locationRead), untilReset],
  ['deaf-after-location-read', deafnessAfter(locationRead), untilReset],
  ['deaf-after-long-line', deafnessAfter(longLine), { ...untilReset, reset: none }],
  ['deaf-after-erase', deafnessAfter(erase), { ...untilReset, reset: none, power: none }],
]);

describe('the fault deaf', () => {
  const deaf = (settings: Record<string, string>) => openCommandLayer([faults[0]!], settings);

  test('goes deaf after the command of a setting, in any form, and may still answer that', () => {
    const layer = deaf({ deafAfter: 'AT+QDMPCFG=?', deafAnswers: 'yes' });
    expect(layer.send(server)).toEqual(['OK']);
    expect(layer.send('AT+QDMPCFG=?').at(-1)).toBe('OK');
    expect(layer.send('AT')).toEqual(none);
  });

  test('goes deaf as often as a setting says', () => {
    const layer = deaf({ deafTimes: '1' });
    expect(layer.send(locationRead)).toEqual(none);
    layer.reboot('reset');
    expect(layer.send(locationRead).at(-1)).toBe('OK');
  });
});
