import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { systemClock, toMs } from '../../harness/base/clock.ts';
import { parseRigFile } from '../file/load-rig-file.ts';
import { type LockFolder, lockFolder } from './lock.fixture.ts';
import { acquireLock } from './lock.ts';

let folder: LockFolder;
beforeEach(async () => {
  folder = await lockFolder();
});
afterEach(() => folder.end());

describe("a board's lock", () => {
  test('is refused while another process holds it; the error names the process, since when, and the job', async () => {
    const { process: other } = await folder.holder();
    const { code, message } = await folder.refusal();
    expect(code).toBe('RIG_BUSY');
    expect(message).toContain(`process ${other.pid}`);
    expect(message).toMatch(/since \d{4}-\d\d-\d\dT/);
    expect(message).toContain('https://ci.example/jobs/7');
  });

  test('is waited for no longer than waitMs', async () => {
    await folder.acquire();
    const started = systemClock.now();
    const { code, message } = await folder.refusal(undefined, 300);
    expect(code).toBe('RIG_BUSY');
    expect(message).toContain('waited 0.3 s');
    expect(toMs(systemClock.now() - started)).toBeGreaterThanOrEqual(290);
  });

  test('waiting for it ends with an abort', async () => {
    await folder.acquire();
    const stop = new AbortController();
    const waiting = acquireLock(folder.rigOn(folder.device), {
      environment: folder.environment,
      waitMs: 60_000,
      signal: stop.signal,
    });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
  });

  test('of another device is another lock', async () => {
    await folder.acquire();
    await expect(folder.acquire(folder.rigOn(path.join(folder.dir, 'ttyUSB1')))).resolves.toMatchObject({
      files: [expect.stringContaining('ttyUSB1')],
    });
  });

  test('is free again after release, even if the last holder left text in the file', async () => {
    const first = await folder.acquire();
    first.release();
    first.release();
    await writeFile(first.files[0] ?? '', '{"pid": 1, "since": "half a rec');
    const second = await folder.acquire();
    expect(second.files).toEqual(first.files);
    await expect(folder.refusal()).resolves.toMatchObject({
      code: 'RIG_BUSY',
      message: expect.stringContaining(`process ${process.pid}`) as string,
    });
  });

  test('ends with its release, even if a process that was left running on purpose has inherited it', async () => {
    const first = await folder.acquire();
    const left = spawn('sleep', ['60'], { stdio: ['ignore', 'ignore', 'ignore', ...first.descriptors] });
    try {
      first.release();
      await expect(folder.acquire()).resolves.toMatchObject({ files: first.files });
    } finally {
      left.kill('SIGKILL');
    }
  });

  test('is kept after its release by a helper that still runs, until the helper is removed', async () => {
    const first = await folder.acquire();
    const helper = spawn('sleep', ['60'], { stdio: ['ignore', 'ignore', 'ignore', ...first.descriptors] });
    try {
      first.addHelper(helper.pid!);
      first.release();
      await expect(folder.refusal()).resolves.toMatchObject({ code: 'RIG_BUSY' });
    } finally {
      helper.kill('SIGKILL');
      await once(helper, 'exit');
    }
    const second = await folder.acquire();
    second.addHelper(process.ppid);
    second.removeHelper(process.ppid);
    expect(JSON.parse(await readFile(second.files[0]!, 'utf8'))).toMatchObject({ helpers: [] });
  });

  test('does not concern emulated boards: each run makes its own', async () => {
    const rig = parseRigFile(
      path.join(folder.dir, 'rig.yaml'),
      "name: e\ncontrol: { driver: emulator }\nmodule: { imei: '863703030822519', firmware: BC26 }\n",
      {},
    );
    const { environment } = folder;
    const [one, two] = [await acquireLock(rig, { environment }), await acquireLock(rig, { environment })];
    expect([...one.descriptors, ...two.descriptors]).toEqual([]);
    await expect(readdir(folder.dir)).resolves.toEqual(['ttyUSB0']);
  });

  test('in a folder that cannot be created fails with its name', async () => {
    folder.environment = { BC26_HIL_STATE: path.join(folder.device, 'state') };
    await expect(folder.acquire()).rejects.toMatchObject({
      code: 'FOLDER_UNUSABLE',
      blame: 'usage',
      message: expect.stringContaining(folder.device) as string,
    });
  });

  test('is not taken through a symbolic link, whose target stays as it is', async () => {
    const lock = await folder.acquire();
    lock.release();
    const file = lock.files[0]!;
    const target = path.join(folder.dir, 'target');
    await writeFile(target, 'untouched');
    await rm(file);
    await symlink(target, file);
    await expect(folder.acquire()).rejects.toMatchObject({ code: 'LOCK_FAILED' });
    await expect(readFile(target, 'utf8')).resolves.toBe('untouched');
  });
});
