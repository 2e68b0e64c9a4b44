import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Clock, systemClock } from '../../harness/base/clock.ts';
import { isAlive } from '../../harness/base/is-alive.fixture.ts';
import { until } from '../../harness/base/until.fixture.ts';
import { openPort } from '../port/open-port.ts';
import { openEmulatorControl } from './emulator-control.ts';

let runFolder: string;
beforeAll(async () => {
  runFolder = await mkdtemp(path.join(tmpdir(), 'emulator-driver-'));
});
afterAll(() => rm(runFolder, { recursive: true }));

/** Factor for all deadlines; a test that waits for one to pass makes it smaller than 1. */
let pace: number;
beforeEach(() => {
  pace = 1;
});

const clock: Clock = {
  now: () => systemClock.now(),
  after: (ms, fn) => systemClock.after(ms * pace, fn),
};

const open = () =>
  openEmulatorControl({
    control: { driver: 'emulator', faults: [], settings: {} },
    baud: 115200,
    networkClock: 1,
    seed: 1,
    runFolder,
    clock,
  });

/** Finds the emulator that was started in `folder` by its command line. */
async function findEmulator(folder: string): Promise<number> {
  for (const pid of await readdir('/proc')) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
    if (line.includes(`${folder}${path.sep}emulator-`)) return Number(pid);
  }
  throw new Error(`no emulator runs in ${folder}`);
}

describe('the emulator as a control driver', () => {
  test('an emulator that is killed hangs the port up and fails every later call with EMULATOR_FAILED', async () => {
    const { control, device } = await open();
    const port = await openPort({ path: device, baud: 115200 });
    const gone = new Promise((resolve) => {
      port.onGone(resolve);
    });
    process.kill(await findEmulator(runFolder), 'SIGKILL');
    await expect(gone).resolves.toMatchObject({ code: 'PORT_GONE' });
    await expect(control.on()).rejects.toMatchObject({
      code: 'EMULATOR_FAILED',
      message: expect.stringContaining('SIGKILL') as string,
    });
    await expect(control.powered()).rejects.toMatchObject({ code: 'EMULATOR_FAILED' });
    await port.close();
    await control.close();
    await expect(readdir(runFolder)).resolves.toEqual([]);
  });

  test('an emulator that no longer acknowledges is a CONTROL_TIMEOUT, and can still be closed', async () => {
    const { control } = await open();
    const pid = await findEmulator(runFolder);
    process.kill(pid, 'SIGSTOP');
    pace = 0.05;
    await expect(control.off()).rejects.toMatchObject({ code: 'CONTROL_TIMEOUT' });
    await control.close();
    // At this pace close() does not wait for the killed process.
    await until(
      () => isAlive(pid),
      (alive) => !alive,
    );
  });
});
