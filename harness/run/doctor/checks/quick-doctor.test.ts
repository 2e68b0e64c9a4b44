import { complaints, machines, onlyComplaint, rigOn } from './machine.fixture.ts';
import { quickDoctor } from './quick-doctor.ts';

const made = machines();
afterAll(() => made.end());

describe('a healthy machine', () => {
  test('has nothing to complain of, and each check is listed', async () => {
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
});

test('a clock that has lost its time is a warning', async () => {
  const found = await onlyComplaint(rigOn(), made.make({ now: new Date(0) }));
  expect(found).toMatchObject({ id: 'clock', severity: 'warning' });
  expect(found?.mend).toContain('time server');
});

describe('the port', () => {
  test('is missing: says what ports there are', async () => {
    const found = await onlyComplaint(rigOn('/dev/ttyUSB7'), made.make());
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
    const found = await onlyComplaint(rigOn(), system);
    expect(found).toMatchObject({ id: 'port', severity: 'broken' });
    expect(found?.what).toContain('not in the group dialout');
    expect(found?.mend).toContain('usermod -aG dialout');
  });

  test('belongs to dialout, and the user joined it after this process began', async () => {
    const system = made.make({
      denied: ['/dev/ttyUSB0'],
      files: { '/proc/self/status': 'Uid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\nGroups:\t997 1000' },
    });
    expect((await onlyComplaint(rigOn(), system))?.mend).toContain('log in again');
  });

  test('is named by a number that the next plugging may change', async () => {
    expect(await onlyComplaint(rigOn('/dev/ttyUSB0'), made.make())).toMatchObject({
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
    const found = await onlyComplaint(rigOn(), system);
    expect(found).toMatchObject({ id: 'port-name', severity: 'broken' });
    expect(found?.what).toContain('ttyUSB1');
    expect(found?.mend).toContain('by-path');
  });

  test.each([
    ['on the command line, by its alias', { '/proc/cmdline': 'console=serial0,115200 console=tty1' }],
    ['on the command line, by its name', { '/proc/cmdline': 'quiet console=ttyAMA0,115200' }],
    ['as the kernel says', { '/sys/class/tty/console/active': 'tty1 ttyAMA0' }],
  ])("is the kernel's console, %s", async (_how, files) => {
    expect(await onlyComplaint(rigOn('/dev/serial0'), made.make({ files }))).toMatchObject({
      id: 'console',
      severity: 'broken',
    });
  });

  test('has a login prompt on it', async () => {
    const found = await onlyComplaint(
      rigOn('/dev/serial0'),
      made.make({ active: ['serial-getty@ttyAMA0.service'] }),
    );
    expect(found).toMatchObject({ id: 'getty', severity: 'broken' });
    expect(found?.mend).toBe('sudo systemctl disable --now serial-getty@ttyAMA0.service');
  });

  test('has an adapter that keeps bytes back', async () => {
    const system = made.make({ files: { '/sys/bus/usb-serial/devices/ttyUSB0/latency_timer': '16' } });
    const found = await onlyComplaint(rigOn(), system);
    expect(found).toMatchObject({ id: 'latency-timer', severity: 'warning' });
    expect(found?.what).toContain('16 ms');
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
    expect(await onlyComplaint(rigOn(), made.make({ arch: 'arm' }))).toMatchObject({
      id: 'word-size',
      severity: 'warning',
    });
  });
});

test('an emulated board has no port to look at', async () => {
  const rig = { ...rigOn(), serial: { baud: 115_200, reopen: false } } as const;
  expect((await quickDoctor(rig, made.make())).map(({ id }) => id)).toEqual(['node', 'word-size']);
});
