import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { systemClock } from '../../harness/base/clock.ts';
import { arrival, type EmulatedDevice, startDevice } from './emulated-device.fixture.ts';
import { createReopeningPort } from './reopening-port.ts';

const baud = 115200;

describe('a port whose adapter vanishes with the supply', () => {
  let device: EmulatedDevice;
  let folder: string;
  let link: string;
  beforeAll(async () => {
    device = await startDevice();
    folder = await mkdtemp(path.join(tmpdir(), 'port-'));
    link = path.join(folder, 'by-id', 'adapter');
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await device.end();
  });

  test('comes back with the device, and keeps its listeners', async () => {
    const port = createReopeningPort({ path: link, baud, clock: systemClock });
    await expect(port.write(Buffer.from('AT\r')).done).rejects.toMatchObject({ code: 'PORT_CLOSED' });

    const attached = port.attach(5_000);
    // udev also creates the folder when the only adapter comes back.
    await mkdir(path.dirname(link));
    await symlink(device.path, link);
    await attached;

    const booted = arrival(port, 'RDY');
    await device.boot();
    await booted;
    await port.detach();
    expect(port.gone).toBeUndefined();
    await rm(link);
    await expect(port.attach(100)).rejects.toMatchObject({ code: 'PORT_MISSING' });
    await port.close();
  });

  test.each(['detach', 'close'] as const)('%s ends a wait for the device', async (end) => {
    const port = createReopeningPort({ path: link, baud, clock: systemClock });
    // Longer than the test may take.
    const attached = port.attach(60_000).catch((error: unknown) => error);
    await port[end]();
    await expect(attached).resolves.toMatchObject({ code: 'ABORTED' });
    // It is not opened if it appears later.
    await symlink(device.path, link);
    await expect(port.write(Buffer.from('AT\r')).done).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    await rm(link);
  });
});
