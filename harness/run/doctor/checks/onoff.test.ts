import { lockFolder } from '../../../../rigs/lock/lock.fixture.ts';
import { complaints, gpioRig, machines, onlyComplaint } from './machine.fixture.ts';
import { quickDoctor } from './quick-doctor.ts';

const made = machines();
afterAll(() => made.end());

const lines = ', reset: { bcm: 27, active: high }';

describe('an onoff rig', () => {
  test('finds GPIO lines by the label of their chip, among several chips', async () => {
    const found = await quickDoctor(gpioRig('onoff', lines), made.make());
    expect(complaints(found)).toEqual([]);
    expect(found.filter(({ id }) => id === 'gpio-chip').map(({ what }) => what)).toEqual([
      expect.stringMatching(/control\.powerKey .*GPIO17.*pinctrl-rp1.*588/),
      expect.stringMatching(/control\.reset .*GPIO27.*598/),
    ]);
    expect(found.find(({ id }) => id === 'gpio-persist')?.what).toContain('keep their level');
  });

  test('the user is not in gpio', async () => {
    const system = made.make({
      denied: ['/sys/class/gpio/export'],
      files: {
        '/proc/self/status': 'Uid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\nGroups:\t20 1000',
        '/etc/group': 'dialout:x:20:pi\ngpio:x:997:\npi:x:1000:',
      },
    });
    const found = await onlyComplaint(gpioRig('onoff', lines), system);
    expect(found).toMatchObject({ id: 'gpio-access', severity: 'broken' });
    expect(found?.mend).toContain('usermod -aG gpio');
  });

  test("two chips, none labelled as a Pi's", async () => {
    const system = made.make({
      files: {
        '/sys/class/gpio/gpiochip571/label': 'gpio-mockup-A',
        '/sys/class/gpio/gpiochip512/label': 'INT33FC:00',
      },
    });
    const found = await onlyComplaint(gpioRig('onoff'), system);
    expect(found).toMatchObject({ id: 'gpio-chip', severity: 'broken' });
    expect(found?.what).toContain('gpio-mockup-A');
    expect(found?.what).toContain('INT33FC:00');
  });

  test('a line was left exported by a run that was killed', async () => {
    const system = made.make({
      files: { '/sys/class/gpio/gpio588/direction': 'out', '/sys/class/gpio/gpio588/value': '1' },
    });
    const found = await onlyComplaint(gpioRig('onoff', lines), system);
    expect(found).toMatchObject({ id: 'gpio-leftover', severity: 'warning' });
    expect(found?.what).toMatch(/control\.powerKey.*\(out, 1\)/);
  });

  test('a line that a run has exported is no leftover while its lock is held', async () => {
    const folder = await lockFolder();
    const before = process.env['BC26_HIL_STATE'];
    process.env['BC26_HIL_STATE'] = folder.environment['BC26_HIL_STATE'];
    const system = made.make({
      files: { '/sys/class/gpio/gpio588/direction': 'out', '/sys/class/gpio/gpio588/value': '1' },
    });
    try {
      const other = await folder.holder(undefined, '', gpioRig('onoff', lines));
      const found = await quickDoctor(gpioRig('onoff', lines), system);
      expect(complaints(found)).toEqual([]);
      expect(found.find(({ id }) => id === 'gpio-leftover')?.what).toContain(`process ${other.process.pid}`);
    } finally {
      process.env['BC26_HIL_STATE'] = before;
      if (before === undefined) delete process.env['BC26_HIL_STATE'];
      await folder.end();
    }
  });

  test('a kernel without sysfs GPIO is no place for onoff', async () => {
    const system = made.make();
    const bare = {
      ...system,
      list: (folder: string) => (folder === '/sys/class/gpio' ? [] : system.list(folder)),
    };
    expect(await onlyComplaint(gpioRig('onoff', lines), bare)).toMatchObject({
      id: 'gpio-access',
      severity: 'broken',
    });
  });

  test('a released output floats on some kernels', async () => {
    const system = made.make({ files: { '/sys/module/pinctrl_rp1/parameters/persist_gpio_outputs': 'N' } });
    const found = await quickDoctor(gpioRig('onoff', lines), system);
    expect(found.find(({ id }) => id === 'gpio-persist')?.what).toContain('float');
  });
});
