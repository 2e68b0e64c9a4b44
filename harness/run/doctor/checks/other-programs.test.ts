import { complaints, machines, onlyComplaint, rigOn } from './machine.fixture.ts';
import { quickDoctor } from './quick-doctor.ts';

const made = machines();
afterAll(() => made.end());

describe('other programs', () => {
  const files = (pid: string): Record<string, string> => ({
    [`/proc/${pid}/comm`]: 'minicom',
    [`/proc/${pid}/cmdline`]: 'minicom',
    [`/proc/${pid}/fd/`]: '',
  });

  test('one has the port open without a lock: it is named', async () => {
    const system = made.make({ files: files('4711'), links: { '/proc/4711/fd/3': '/dev/ttyUSB0' } });
    const found = await onlyComplaint(rigOn(), system);
    expect(found).toMatchObject({ id: 'port-users', severity: 'broken' });
    expect(found?.what).toMatch(/4711 \(minicom\).*without a lock/);
  });

  test('one has the port open and locked, as serialport and picocom do', async () => {
    const system = made.make({
      files: { ...files('4712'), '/proc/locks': '7: FLOCK  ADVISORY  WRITE 4712 00:05:91 0 EOF' },
      links: { '/proc/4712/fd/9': '/dev/ttyUSB0' },
    });
    expect((await onlyComplaint(rigOn(), system))?.what).toMatch(
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
    expect(await onlyComplaint(rigOn(), system)).toMatchObject({ id: 'modem-manager', severity: 'broken' });
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
    expect(await onlyComplaint(rigOn('/dev/serial0'), system)).toMatchObject({
      id: 'modem-manager',
      severity: 'warning',
    });
  });

  test('brltty takes CH340 adapters', async () => {
    const system = made.make({
      active: ['brltty.service'],
      files: { '/sys/devices/usb1/1-1/1-1.3/idVendor': '1a86' },
    });
    expect(await onlyComplaint(rigOn(), system)).toMatchObject({ id: 'brltty', severity: 'warning' });
  });

  test('brltty may be why the port is missing', async () => {
    const system = made.make({ active: ['brltty-udev.service'] });
    const found = complaints(await quickDoctor(rigOn('/dev/ttyUSB7'), system));
    expect(found.map(({ id }) => id)).toEqual(['port', 'brltty']);
  });
});
