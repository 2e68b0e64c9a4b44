import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { systemClock } from '../../harness/base/clock.ts';
import type { HilError } from '../../harness/base/error.ts';
import { arrival, type EmulatedDevice, startDevice, sync } from './emulated-device.fixture.ts';
import { openPort } from './open-port.ts';
import type { Port } from './port.ts';

const baud = 115200;

const gone = (port: Port): Promise<HilError> =>
  new Promise((resolve) => {
    port.onGone(resolve);
  });

describe('a serial port', () => {
  let device: EmulatedDevice;
  let port: Port;

  beforeEach(async () => {
    device = await startDevice();
    port = await openPort({ path: device.path, baud });
  });
  afterEach(async () => {
    await port.close();
    await device.end();
  });

  test('receives the boot text from its first byte; time stamps lie between the write and now', async () => {
    const booted = arrival(port, 'CPIN: READY\r\n');
    await device.boot();
    expect((await booted).received).toContain('F1: 0000 0000');
    await sync(port);

    const answered = arrival(port, 'OK\r\n');
    const write = port.write(Buffer.from('AT\r'));
    const { chunks } = await answered;
    const now = systemClock.now();
    for (const { at } of chunks) {
      expect(at).toBeGreaterThan(write.before);
      expect(at).toBeLessThanOrEqual(now);
    }
    await expect(write.done).resolves.toBeGreaterThan(write.before);
  });

  test('refuses to be opened twice', async () => {
    await expect(openPort({ path: device.path, baud })).rejects.toMatchObject({ code: 'PORT_BUSY' });
  });

  test('notices a hang-up in time, fails every call with it, and uses no CPU afterwards', async () => {
    const hangUp = gone(port);
    const before = systemClock.now();
    device.process.kill('SIGKILL');
    await expect(hangUp).resolves.toMatchObject({ code: 'PORT_GONE', blame: 'rig' });
    // The goal is two seconds; a busy machine gets three times that.
    expect(Number(systemClock.now() - before) / 1e6).toBeLessThan(6_000);

    expect(port.gone).toMatchObject({ code: 'PORT_GONE' });
    await expect(gone(port)).resolves.toBe(port.gone);
    await expect(port.write(Buffer.from('AT\r')).done).rejects.toMatchObject({ code: 'PORT_GONE' });

    // Without the safe binding it reads forever, at 86 % CPU (PI.md §0.2).
    const cpu = process.cpuUsage();
    const watched = systemClock.now();
    await new Promise<void>((resolve) => systemClock.after(300, resolve));
    const { user, system } = process.cpuUsage(cpu);
    const elapsedUs = Number(systemClock.now() - watched) / 1e3;
    expect((user + system) / elapsedUs).toBeLessThan(0.5);
  });

  test('the error of a hang-up shows what arrived last', async () => {
    const booted = arrival(port, 'CPIN: READY\r\n');
    await device.boot();
    await booted;
    const hangUp = gone(port);
    device.process.kill('SIGKILL');
    expect(Buffer.from((await hangUp).wire ?? []).toString('latin1')).toContain('CPIN: READY\r\n');
  });

  test('closing settles a write that is stuck, and the ones behind it', async () => {
    device.process.kill('SIGSTOP');
    const stuck = [port.write(Buffer.alloc(200_000)), port.write(Buffer.from('AT\r'))];
    await port.close();
    for (const { done } of stuck) await expect(done).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    expect(port.gone).toBeUndefined();
  });

  test('closing twice has no effect, and the device is free again', async () => {
    await Promise.all([port.close(), port.close()]);
    await expect(port.write(Buffer.from('AT\r')).done).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    port = await openPort({ path: device.path, baud });
  });

  test('closing after a hang-up ends at once', async () => {
    const hangUp = gone(port);
    device.process.kill('SIGKILL');
    await hangUp;
    await expect(port.close()).resolves.toBeUndefined();
  });
});

describe('a device that cannot be opened', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'port-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('because it is missing is named in the error', async () => {
    const opening = openPort({ path: path.join(folder, 'ttyUSB7'), baud });
    await expect(opening).rejects.toMatchObject({
      code: 'PORT_MISSING',
      message: expect.stringContaining('ttyUSB7') as string,
    });
  });

  test('because it is no serial device fails', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await expect(openPort({ path: file, baud })).rejects.toMatchObject({ code: 'PORT_OPEN_FAILED' });
  });
});
