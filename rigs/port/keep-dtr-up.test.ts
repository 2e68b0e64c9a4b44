import { execa } from 'execa';

import { type EmulatedDevice, startDevice } from './emulated-device.fixture.ts';
import { openPort } from './open-port.ts';

const baud = 115200;

let device: EmulatedDevice;
beforeEach(async () => {
  device = await startDevice();
});
afterEach(() => device.end());

/** Whether the device is set to drop DTR at the last close. The emulator keeps it open, so settings persist. */
const dropsDtr = async (): Promise<boolean> =>
  !(await execa('stty', ['-F', device.path, '-a'])).stdout.split(/\s+/).includes('-hupcl');

test('a port that was closed leaves DTR up, though the device was set to drop it', async () => {
  await execa('stty', ['-F', device.path, 'hupcl']);
  expect(await dropsDtr()).toBe(true);
  const notes: string[] = [];
  const port = await openPort({ path: device.path, baud, note: (text) => notes.push(text) });
  await port.close();
  expect(await dropsDtr()).toBe(false);
  expect(notes).toEqual([]);
});

test('without stty ports are opened all the same, with a note', async () => {
  const before = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    const notes: string[] = [];
    const port = await openPort({ path: device.path, baud, note: (text) => notes.push(text) });
    await port.close();
    expect(notes).toEqual([expect.stringMatching(/^DTR may fall when \S+ is closed.*stty/)]);
  } finally {
    process.env['PATH'] = before;
  }
});
