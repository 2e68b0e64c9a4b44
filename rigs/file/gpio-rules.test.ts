import { parseRigFile } from './load-rig-file.ts';

const rig = (control: string): string => `name: bench-1
serial: { path: /dev/ttyAMA0 }
control:
${control.replaceAll(/^/gm, '  ')}
module: { imei: '863703030822519', firmware: BC26NBR01A07 }
`;

const parse = (control: string) => parseRigFile('/bench/bench-1.yaml', rig(control), {}).control;

const mistakesOf = (control: string): string => {
  try {
    parse(control);
    return 'none';
  } catch (error) {
    return (error as Error).message.replaceAll(/^.*bench-1\.yaml:/gm, '');
  }
};

const powerKey = 'powerKey: { bcm: 17, active: high }';

describe.each(['onoff', 'gpioset'])('a rig file with driver: %s', (driver) => {
  test('needs only pins and polarities: pulses have defaults that suit the module', () => {
    const lines = [
      `driver: ${driver}`,
      powerKey,
      'reset: { bcm: 27, active: low }',
      'supply: { bcm: 3, chip: relays, active: high }',
      'powered: { bcm: 23, active: high }',
    ];
    expect(parse(lines.join('\n'))).toEqual({
      driver,
      powerKey: { bcm: 17, active: 'high', pulseMs: 600 },
      reset: { bcm: 27, active: 'low', pulseMs: 100 },
      supply: { bcm: 3, chip: 'relays', active: 'high', offMs: 2000, settleMs: 100, atRest: 'off' },
      powered: { bcm: 23, active: 'high' },
    });
  });

  test.each([
    ['powerKey: { bcm: 17, active: high, pulseMs: 499 }', 'control.powerKey.pulseMs: expected at least 500'],
    ['reset: { bcm: 27, active: high, pulseMs: 49 }', 'control.reset.pulseMs: expected at least 50'],
    ['reset: { bcm: 27, active: up }', 'control.reset.active: expected one of high, low'],
    ['reset: { bcm: 27 }', 'control.reset.active: expected one of high, low'],
    ['reset: { active: high }', 'control.reset.bcm: is missing; give the BCM number'],
    ['reset: { bcm: 28, active: high }', 'control.reset.bcm: is not on the 40-pin header, which has 2 to 27'],
    ['reset: { bcm: 1, active: high }', 'control.reset.bcm: is not on the 40-pin header'],
    ['reset: { bcm: 27, sysfs: 598, active: high }', 'control.reset.sysfs: '],
    ['reset: { pin: 27, active: high }', 'control.reset.pin: unknown key'],
    ['supply: { bcm: 22, active: high, atRest: down }', 'control.supply.atRest: expected one of off, on'],
    [
      `${powerKey}\nreset: { bcm: 17, active: high }`,
      'control.reset.bcm: is also the line of control.powerKey',
    ],
    [
      'powered: { bcm: 23, active: high }',
      'control: drives no line; give at least one of powerKey, reset, supply',
    ],
  ])('%s: %s', (lines, mistake) => {
    expect(mistakesOf(`driver: ${driver}\n${lines}`)).toContain(mistake);
  });
});

test('a sysfs number is for onoff alone', () => {
  const lines = 'reset: { sysfs: 598, active: high }';
  expect(mistakesOf(`driver: onoff\n${lines}`)).toBe('none');
  expect(mistakesOf(`driver: gpioset\n${lines}`)).toContain(
    'control.reset.sysfs: gpioset knows no sysfs numbers',
  );
});

test('the pins of the header’s UART are no lines where the module is on that UART', () => {
  const lines = 'driver: onoff\npowerKey: { bcm: 14, active: high }\nsupply: { bcm: 15, active: high }';
  expect(mistakesOf(lines)).toBe(
    '5:20: control.powerKey.bcm: is TXD of the serial port /dev/ttyAMA0; give another line\n' +
      '6:18: control.supply.bcm: is RXD of the serial port /dev/ttyAMA0; give another line',
  );
  expect(mistakesOf('driver: onoff\nsupply: { bcm: 15, chip: relays, active: high }')).toBe('none');
});

test('the same number on two chips is two lines', () => {
  expect(mistakesOf(`driver: onoff\n${powerKey}\nsupply: { bcm: 17, chip: relays, active: high }`)).toBe(
    'none',
  );
});
