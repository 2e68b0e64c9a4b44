import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { RigFile } from '../file/rig-file.ts';
import { type LockFolder, lockFolder } from './lock.fixture.ts';
import { lockNames } from './lock-names.ts';

let folder: LockFolder;
beforeEach(async () => {
  folder = await lockFolder();
});
afterEach(() => folder.end());

describe("a board's lock", () => {
  test('is one lock by every name of the device', async () => {
    const link = path.join(folder.dir, 'by-id');
    await symlink(folder.device, link);
    const lock = await folder.acquire(folder.rigOn(link));
    expect(lock.files).toHaveLength(2);
    await expect(folder.refusal()).resolves.toMatchObject({ code: 'RIG_BUSY' });
    lock.release();
    await folder.acquire();
  });

  test('is the same by the path in the rig file, whether the adapter is present or absent', async () => {
    const link = path.join(folder.dir, 'by-id');
    await symlink(folder.device, link);
    await folder.acquire(folder.rigOn(link));
    await rm(link);
    await rm(folder.device);
    await expect(folder.acquire(folder.rigOn(link))).rejects.toMatchObject({ code: 'RIG_BUSY' });
  });

  test('taken while the adapter is absent still holds when it is back', async () => {
    const link = path.join(folder.dir, 'by-id');
    await folder.acquire(folder.rigOn(link));
    await symlink(folder.device, link);
    await expect(folder.acquire(folder.rigOn(link))).rejects.toMatchObject({ code: 'RIG_BUSY' });
  });

  test('is released if one of its files cannot be locked', async () => {
    const link = path.join(folder.dir, 'by-id');
    await symlink(folder.device, link);
    await folder.acquire();
    await expect(folder.acquire(folder.rigOn(link))).rejects.toMatchObject({ code: 'RIG_BUSY' });
    await rm(link);
    await expect(folder.acquire(folder.rigOn(link))).resolves.toMatchObject({
      files: [expect.stringContaining('by-id')],
    });
  });

  describe('of a board behind GPIO lines', () => {
    const lines = (driver: string, powerKey: string, more = ''): string =>
      `{ driver: ${driver}, powerKey: { ${powerKey}, active: high }${more} }`;
    const onPort = (port: string, control: string): RigFile =>
      folder.rigOn(path.join(folder.dir, port), control);

    test.each([
      ['another port, the same line', lines('onoff', 'bcm: 17')],
      ['the other driver', lines('gpioset', 'bcm: 17')],
      ['its chip named', lines('gpioset', 'bcm: 17, chip: pinctrl-rp1')],
      ['the line used for something else', lines('onoff', 'bcm: 5', ', reset: { bcm: 17, active: low }')],
    ])('is refused to %s; the error names the holder', async (_how, control) => {
      await folder.acquire(onPort('ttyS0', lines('onoff', 'bcm: 17', ', supply: { bcm: 22, active: high }')));
      await expect(folder.acquire(onPort('ttyS1', control))).rejects.toMatchObject({
        code: 'RIG_BUSY',
        message: expect.stringContaining(`process ${process.pid} for rig 'bench'`) as string,
      });
    });

    test('does not concern a board on other lines, or on another chip', async () => {
      await folder.acquire(onPort('ttyS0', lines('onoff', 'bcm: 17')));
      await folder.acquire(onPort('ttyS1', lines('onoff', 'bcm: 27')));
      await folder.acquire(onPort('ttyS2', lines('onoff', 'bcm: 17, chip: relays')));
    });

    test("finds the line behind the kernel's number by the chip that has it", async () => {
      const chip = path.join(folder.dir, 'gpio', 'gpiochip571');
      await mkdir(chip, { recursive: true });
      for (const [name, text] of Object.entries({ label: 'pinctrl-rp1', base: '571', ngpio: '54' }))
        await writeFile(path.join(chip, name), text);
      const rig = onPort('ttyS0', lines('onoff', 'sysfs: 588'));
      await expect(lockNames(rig, path.dirname(chip))).resolves.toContain('gpio header 17');
      await expect(lockNames(rig, path.join(folder.dir, 'nowhere'))).resolves.toContain('gpio sysfs 588');
    });
  });
});
