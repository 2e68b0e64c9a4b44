import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock, toMs } from '../harness/base/clock.ts';
import type { HilError } from '../harness/base/error.ts';
import { parseRigFile } from './load-rig-file.ts';
import type { Lock } from './lock.ts';
import { acquireLock } from './lock.ts';
import type { RigFile } from './rig-file.ts';

let folder: string;
let device: string;
let environment: Record<string, string>;
const ended: (() => void)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lock-'));
  device = path.join(folder, 'ttyUSB0');
  await writeFile(device, '');
  environment = { BC26_HIL_STATE: path.join(folder, 'state') };
});
afterEach(async () => {
  for (const end of ended.splice(0)) end();
  await rm(folder, { recursive: true });
});

const rigOn = (serial: string): RigFile =>
  parseRigFile(
    path.join(folder, 'rig.yaml'),
    `name: bench\nserial: { path: ${serial} }\ncontrol: { driver: command, on: [a], off: [b] }\n` +
      `module: { imei: '863703030822519', firmware: BC26 }\n`,
    {},
  );

async function acquire(serial = device, waitMs = 0): Promise<Lock> {
  const lock = await acquireLock(rigOn(serial), { environment, waitMs });
  ended.push(() => lock.release());
  return lock;
}

const refusal = (waitMs = 0): Promise<HilError> =>
  acquire(device, waitMs).then(
    () => {
      throw new Error('the lock was expected to be held');
    },
    (error: HilError) => error,
  );

/** Another process that takes the lock by the same code, starts a child that inherits it, and waits. */
async function holder(): Promise<{ process: ChildProcess; child: number }> {
  const script = `
    import { spawn } from 'node:child_process';
    import { acquireLock } from './rigs/lock.ts';
    const rig = ${JSON.stringify(rigOn(device))};
    const lock = await acquireLock(rig, { environment: ${JSON.stringify({
      ...environment,
      CI_JOB_URL: 'https://ci.example/jobs/7',
    })} });
    const child = spawn('sleep', ['60'], { stdio: ['ignore', 'ignore', 'ignore', lock.descriptor] });
    lock.addHelper(child.pid);
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const { NODE_OPTIONS: _, ...env } = process.env;
  const other = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: path.resolve(import.meta.dirname, '..'),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(other.stdout, 'data')) as [Buffer];
  const child = Number(String(said));
  ended.push(() => {
    other.kill('SIGKILL');
    try {
      process.kill(child, 'SIGKILL');
    } catch {
      // The test has ended it.
    }
  });
  return { process: other, child };
}

describe("a board's lock", () => {
  test('is refused while another process holds it, with who, since when and for which job', async () => {
    const { process: other } = await holder();
    const { code, message } = await refusal();
    expect(code).toBe('RIG_BUSY');
    expect(message).toContain(`process ${other.pid}`);
    expect(message).toMatch(/since \d{4}-\d\d-\d\dT/);
    expect(message).toContain('https://ci.example/jobs/7');
  });

  test('outlives its holder as long as a child has the board, and ends with the last of them', async () => {
    const { process: other, child } = await holder();
    const gone = once(other, 'exit');
    other.kill('SIGKILL');
    await gone;
    const { code, message } = await refusal();
    expect(code).toBe('RIG_BUSY');
    expect(message).toContain(`what process ${other.pid} left behind (${child})`);

    const waiting = acquire(device, 10_000);
    process.kill(child, 'SIGKILL');
    const lock = await waiting;
    expect(lock.descriptor).toEqual(expect.any(Number));
  });

  test('is waited for no longer than told', async () => {
    await acquire();
    const started = systemClock.now();
    const { code, message } = await refusal(300);
    expect(code).toBe('RIG_BUSY');
    expect(message).toContain('waited 300 ms');
    expect(toMs(systemClock.now() - started)).toBeGreaterThanOrEqual(290);
  });

  test('waiting for it ends with an abort', async () => {
    await acquire();
    const stop = new AbortController();
    const waiting = acquireLock(rigOn(device), { environment, waitMs: 60_000, signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
  });

  test('is one lock by every name of the device', async () => {
    const link = path.join(folder, 'by-id');
    await symlink(device, link);
    await acquire(link);
    await expect(refusal()).resolves.toMatchObject({ code: 'RIG_BUSY' });
  });

  test('of another device is another lock', async () => {
    await acquire();
    await expect(acquire(path.join(folder, 'ttyUSB1'))).resolves.toMatchObject({
      file: expect.stringContaining('ttyUSB1') as string,
    });
  });

  test('is free again after release, and what the last holder wrote is no obstacle', async () => {
    const first = await acquire();
    first.release();
    first.release();
    await writeFile(first.file ?? '', '{"pid": 1, "since": "half a rec');
    const second = await acquire();
    expect(second.file).toBe(first.file);
    await expect(refusal()).resolves.toMatchObject({
      code: 'RIG_BUSY',
      message: expect.stringContaining(`process ${process.pid}`) as string,
    });
  });

  test('does not concern emulated boards: each run makes its own', async () => {
    const rig = parseRigFile(
      path.join(folder, 'rig.yaml'),
      "name: e\ncontrol: { driver: emulator }\nmodule: { imei: '863703030822519', firmware: BC26 }\n",
      {},
    );
    const [one, two] = [await acquireLock(rig, { environment }), await acquireLock(rig, { environment })];
    expect([one.descriptor, two.descriptor]).toEqual([undefined, undefined]);
    await expect(readdir(folder)).resolves.toEqual(['ttyUSB0']);
  });

  test('in a folder that cannot be made says which', async () => {
    environment = { BC26_HIL_STATE: path.join(device, 'state') };
    await expect(acquire()).rejects.toMatchObject({
      code: 'LOCK_FAILED',
      message: expect.stringContaining(device) as string,
    });
  });
});
