import { lockFolder } from '../../../../rigs/lock/lock.fixture.ts';
import { complaints, gpioRig, machines, rigOn } from './machine.fixture.ts';
import { quickDoctor } from './quick-doctor.ts';

const made = machines();
afterAll(() => made.end());

/** The one complaint there is. */
async function only(...[rig, system]: Parameters<typeof quickDoctor>) {
  const found = complaints(await quickDoctor(rig, system));
  expect(found).toHaveLength(1);
  expect(found[0]?.mend).not.toBe('');
  return found[0];
}

const lines = ', reset: { bcm: 27, active: high }';

describe('a healthy machine', () => {
  test('has nothing to complain of, and says what was looked at', async () => {
    const found = await quickDoctor(rigOn(), made.make());
    expect(complaints(found)).toEqual([]);
    expect(found.map(({ id }) => id)).toEqual([
      'node',
      'word-size',
      'port',
      'port-name',
      'console',
      'getty',
      'latency-timer',
      'port-users',
    ]);
  });

  test('finds GPIO lines by the label of their chip, among several chips', async () => {
    const found = await quickDoctor(gpioRig('onoff', lines), made.make());
    expect(complaints(found)).toEqual([]);
    expect(found.filter(({ id }) => id === 'gpio-chip').map(({ what }) => what)).toEqual([
      expect.stringMatching(/control\.powerKey .*GPIO17.*pinctrl-rp1.*588/),
      expect.stringMatching(/control\.reset .*GPIO27.*598/),
    ]);
    expect(found.find(({ id }) => id === 'gpio-persist')?.what).toContain('keep their level');
  });
});

describe('the port', () => {
  test('is missing: says what ports there are', async () => {
    const found = await only(rigOn('/dev/ttyUSB7'), made.make());
    expect(found).toMatchObject({ id: 'port', severity: 'broken' });
    expect(found?.mend).toContain('usb-FTDI_FT232R_A50285BI-if00-port0');
  });

  test('belongs to dialout, and the user does not', async () => {
    const system = made.make({
      denied: ['/dev/ttyUSB0'],
      files: {
        '/proc/self/status': 'Uid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\t1000\t1000\nGroups:\t997 1000',
        '/etc/group': 'dialout:x:20:\ngpio:x:997:pi\npi:x:1000:',
      },
    });
    const found = await only(rigOn(), system);
    expect(found).toMatchObject({ id: 'port', severity: 'broken' });
    expect(found?.what).toContain('not in the group dialout');
    expect(found?.mend).toContain('usermod -aG dialout');
  });

  test('belongs to dialout, and the user joined it after this process began', async () => {
    const system = made.make({
      denied: ['/dev/ttyUSB0'],
      files: { '/proc/self/status': 'Uid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\nGroups:\t997 1000' },
    });
    expect((await only(rigOn(), system))?.mend).toContain('log in again');
  });

  test('is named by a number that the next plugging may change', async () => {
    expect(await only(rigOn('/dev/ttyUSB0'), made.make())).toMatchObject({
      id: 'port-name',
      severity: 'warning',
    });
  });

  test('shares its by-id name with a second adapter of the same kind', async () => {
    const second = '/sys/devices/usb1/1-1/1-1.4';
    const system = made.make({
      files: {
        [`${second}/idVendor`]: '0403',
        [`${second}/idProduct`]: '6001',
        [`${second}/serial`]: 'A50285BI',
        [`${second}/1-1.4:1.0/bInterfaceNumber`]: '00',
        [`${second}/1-1.4:1.0/ttyUSB1/tty/ttyUSB1/dev`]: '188:1',
      },
      links: {
        '/sys/class/tty/ttyUSB1': '../../devices/usb1/1-1/1-1.4/1-1.4:1.0/ttyUSB1/tty/ttyUSB1',
        [`${second}/1-1.4:1.0/ttyUSB1/tty/ttyUSB1/device`]: '../../../ttyUSB1',
      },
    });
    const found = await only(rigOn(), system);
    expect(found).toMatchObject({ id: 'port-name', severity: 'broken' });
    expect(found?.what).toContain('ttyUSB1');
    expect(found?.mend).toContain('by-path');
  });

  test.each([
    ['on the command line, by its alias', { '/proc/cmdline': 'console=serial0,115200 console=tty1' }],
    ['on the command line, by its name', { '/proc/cmdline': 'quiet console=ttyAMA0,115200' }],
    ['as the kernel says', { '/sys/class/tty/console/active': 'tty1 ttyAMA0' }],
  ])("is the kernel's console, %s", async (_how, files) => {
    expect(await only(rigOn('/dev/serial0'), made.make({ files }))).toMatchObject({
      id: 'console',
      severity: 'broken',
    });
  });

  test('has a login prompt on it', async () => {
    const found = await only(rigOn('/dev/serial0'), made.make({ active: ['serial-getty@ttyAMA0.service'] }));
    expect(found).toMatchObject({ id: 'getty', severity: 'broken' });
    expect(found?.mend).toBe('sudo systemctl disable --now serial-getty@ttyAMA0.service');
  });

  test('has an adapter that keeps bytes back', async () => {
    const system = made.make({ files: { '/sys/bus/usb-serial/devices/ttyUSB0/latency_timer': '16' } });
    const found = await only(rigOn(), system);
    expect(found).toMatchObject({ id: 'latency-timer', severity: 'warning' });
    expect(found?.what).toContain('16 ms');
  });
});

describe('other programs', () => {
  const files = (pid: string): Record<string, string> => ({
    [`/proc/${pid}/comm`]: 'minicom',
    [`/proc/${pid}/cmdline`]: 'minicom',
    [`/proc/${pid}/fd/`]: '',
  });

  test('one has the port open without a lock: it is named', async () => {
    const system = made.make({ files: files('4711'), links: { '/proc/4711/fd/3': '/dev/ttyUSB0' } });
    const found = await only(rigOn(), system);
    expect(found).toMatchObject({ id: 'port-users', severity: 'broken' });
    expect(found?.what).toMatch(/4711 \(minicom\).*without asking for the lock/);
  });

  test('one has the port open and locked, as serialport and picocom do', async () => {
    const system = made.make({
      files: { ...files('4712'), '/proc/locks': '7: FLOCK  ADVISORY  WRITE 4712 00:05:91 0 EOF' },
      links: { '/proc/4712/fd/9': '/dev/ttyUSB0' },
    });
    expect((await only(rigOn(), system))?.what).toMatch(
      /4712 \(minicom\) has \/dev\/ttyUSB0 open and locked/,
    );
  });

  test('one that has another port open is none of ours', async () => {
    const system = made.make({ files: files('4713'), links: { '/proc/4713/fd/3': '/dev/ttyAMA0' } });
    expect(complaints(await quickDoctor(rigOn(), system))).toEqual([]);
  });

  test('processes whose files this user may not see are counted, not passed over', async () => {
    const system = made.make({ files: files('1') });
    const found = (await quickDoctor(rigOn(), system)).find(({ id }) => id === 'port-users');
    expect(found).toMatchObject({ severity: 'note' });
    expect(found?.what).toContain('1 processes');
  });

  test('ModemManager will speak to an adapter on USB', async () => {
    const system = made.make({ active: ['ModemManager.service'] });
    expect(await only(rigOn(), system)).toMatchObject({ id: 'modem-manager', severity: 'broken' });
  });

  test('ModemManager that udev tells to leave the adapter alone is no harm', async () => {
    const system = made.make({
      active: ['ModemManager.service'],
      files: { '/run/udev/data/c188:0': 'E:ID_BUS=usb\nE:ID_MM_DEVICE_IGNORE=1' },
    });
    expect(complaints(await quickDoctor(rigOn(), system))).toEqual([]);
  });

  test("ModemManager may speak to a board's own port", async () => {
    const system = made.make({ active: ['ModemManager.service'] });
    expect(await only(rigOn('/dev/serial0'), system)).toMatchObject({
      id: 'modem-manager',
      severity: 'warning',
    });
  });

  test('brltty takes CH340 adapters', async () => {
    const system = made.make({
      active: ['brltty.service'],
      files: { '/sys/devices/usb1/1-1/1-1.3/idVendor': '1a86' },
    });
    expect(await only(rigOn(), system)).toMatchObject({ id: 'brltty', severity: 'warning' });
  });

  test('brltty may be why the port is missing', async () => {
    const system = made.make({ active: ['brltty-udev.service'] });
    const found = complaints(await quickDoctor(rigOn('/dev/ttyUSB7'), system));
    expect(found.map(({ id }) => id)).toEqual(['port', 'brltty']);
  });
});

describe('the machine', () => {
  test.each([
    ['18.19.0', 'broken'],
    ['20.18.3', 'broken'],
    ['20.19.0', 'ok'],
    ['26.3.1', 'ok'],
    ['26.4.0', 'note'],
  ])('Node %s: %s', async (node, severity) => {
    const found = await quickDoctor(rigOn(), made.make({ node }));
    expect(found.find(({ id }) => id === 'node')).toMatchObject({ severity });
  });

  test('is a 32-bit system', async () => {
    expect(await only(rigOn(), made.make({ arch: 'arm' }))).toMatchObject({
      id: 'word-size',
      severity: 'warning',
    });
  });
});

describe('GPIO', () => {
  test('the user is not in gpio', async () => {
    const system = made.make({
      denied: ['/sys/class/gpio/export'],
      files: {
        '/proc/self/status': 'Uid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\nGroups:\t20 1000',
        '/etc/group': 'dialout:x:20:pi\ngpio:x:997:\npi:x:1000:',
      },
    });
    const found = await only(gpioRig('onoff', lines), system);
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
    const found = await only(gpioRig('onoff'), system);
    expect(found).toMatchObject({ id: 'gpio-chip', severity: 'broken' });
    expect(found?.what).toContain('gpio-mockup-A');
    expect(found?.what).toContain('INT33FC:00');
  });

  test('a line was left exported by a run that was killed', async () => {
    const system = made.make({
      files: { '/sys/class/gpio/gpio588/direction': 'out', '/sys/class/gpio/gpio588/value': '1' },
    });
    const found = await only(gpioRig('onoff', lines), system);
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
    expect(await only(gpioRig('onoff', lines), bare)).toMatchObject({
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

test('an emulated board has no port to look at', async () => {
  const rig = { ...rigOn(), serial: { baud: 115_200, reopen: false } } as const;
  expect((await quickDoctor(rig, made.make())).map(({ id }) => id)).toEqual(['node', 'word-size']);
});
