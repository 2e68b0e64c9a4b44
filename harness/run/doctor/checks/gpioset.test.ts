import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { type FakeGpiod, fakeGpiod } from '../../../../rigs/control/gpio/fake-gpiod.fixture.ts';
import { openGpioset } from '../../../../rigs/control/gpio/gpioset-driver.ts';
import { systemClock } from '../../../base/clock.ts';
import { complaints, gpioRig, machines } from './machine.fixture.ts';
import { quickDoctor } from './quick-doctor.ts';

const made = machines();
afterAll(() => made.end());

const files = { '/dev/gpiochip15': '', '/dev/gpiochip0': '' };
const lines = ', reset: { bcm: 27, active: high }';

/** What is found of GPIO, without what is known to be well. */
const complained = async (
  rig = gpioRig('gpioset', lines),
  machine: Parameters<typeof made.make>[0] = { files },
) => complaints(await quickDoctor(rig, made.make(machine)));

describe.each([1, 2] as const)('a gpioset rig, libgpiod %i', (version) => {
  let tools: FakeGpiod;
  beforeEach(() => {
    tools = fakeGpiod(version);
  });
  afterEach(() => tools.end());

  test('has nothing to complain of where the tools find its lines; sysfs is not read', async () => {
    const found = await quickDoctor(gpioRig('gpioset', lines), made.make({ files }));
    expect(complaints(found)).toEqual([]);
    const gpio = found.filter(({ id }) => id.startsWith('gpio-') && id !== 'gpio-persist');
    expect(gpio.map(({ id, what }) => [id, what])).toEqual([
      ['gpio-access', `the tools of libgpiod are installed, version ${version}`],
      ['gpio-access', 'this user may use /dev/gpiochip15'],
      ['gpio-chip', `control.powerKey (GPIO17 of pinctrl-rp1, gpiochip15, libgpiod ${version})`],
      ['gpio-chip', `control.reset (GPIO27 of pinctrl-rp1, gpiochip15, libgpiod ${version})`],
    ]);
  });

  test('needs the device of the chip its lines are on, not the first there is', async () => {
    const found = await complained(undefined, { files, denied: ['/dev/gpiochip15'] });
    expect(found).toMatchObject([{ id: 'gpio-access', severity: 'broken' }]);
    expect(found[0]?.what).toContain('/dev/gpiochip15');
  });

  test('on a chip that this machine does not have gets a list of the chips', async () => {
    const found = await complained(gpioRig('gpioset', ', reset: { bcm: 3, chip: relays, active: high }'));
    expect(found).toMatchObject([{ id: 'gpio-chip', severity: 'broken' }]);
    expect(found[0]?.what).toContain('gpiochip15 [pinctrl-rp1]');
  });

  test.each(['gpioset', 'gpiodetect'])(
    'gets a complaint that %s is missing, and what to install',
    async (tool) => {
      const folder = path.dirname(tools.program(tool));
      const before = process.env['PATH'];
      rmSync(tools.program(tool));
      process.env['PATH'] = folder;
      try {
        const found = await complained();
        expect(found).toMatchObject([{ id: 'gpio-access', severity: 'broken' }]);
        expect(found[0]?.what).toContain(`no ${tool}`);
        expect(found[0]?.mend).toContain('apt-get install gpiod');
      } finally {
        process.env['PATH'] = before;
      }
    },
  );

  test('gets a complaint about tools of an unknown version', async () => {
    writeFileSync(tools.program('gpioset'), '#!/bin/sh\necho "gpioset (libgpiod) v3.0"\n');
    const found = await complained();
    expect(found).toMatchObject([{ id: 'gpio-access', severity: 'broken' }]);
    expect(found[0]?.what).toContain('unknown version: gpioset (libgpiod) v3.0');
  });

  test('gets a complaint that names the program which holds its line', async () => {
    const line = await openGpioset({ clock: systemClock }).claimOutput(
      { key: 'control.other', bcm: 17 },
      'low',
    );
    try {
      const found = await complained();
      expect(found).toMatchObject([{ id: 'gpio-held', severity: 'broken' }]);
      expect(found[0]?.what).toMatch(/control\.powerKey .*holds it/);
      expect(found[0]?.mend).toContain('end that program');
    } finally {
      await line.release();
    }
  });
});
