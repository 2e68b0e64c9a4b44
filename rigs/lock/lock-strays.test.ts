import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { until } from '../../harness/base/until.fixture.ts';
import { type LockFolder, lockFolder, strays } from './lock.fixture.ts';
import { acquireLock } from './lock.ts';
import { identityOf } from './process-identity.ts';

let folder: LockFolder;
beforeEach(async () => {
  folder = await lockFolder();
});
afterEach(() => folder.end());

/** The only lock file. */
const lockFile = (): string => {
  const locks = path.join(folder.dir, 'state', 'locks');
  return path.join(locks, readdirSync(locks)[0] ?? '');
};

describe('what a dead holder left behind', () => {
  test('keeps the lock if it is not recorded, until it ends', async () => {
    const other = await folder.holder(undefined, '');
    await other.kill();
    const { code, message } = await folder.refusal();
    expect(code).toBe('RIG_BUSY');
    expect(message).toContain(`what process ${other.process.pid} left behind (a child of it)`);

    const waiting = folder.acquire(undefined, 10_000);
    process.kill(other.child, 'SIGKILL');
    expect((await waiting).descriptors).toEqual([expect.any(Number)]);
  });

  test.each([
    ['SIGTERM', ['sleep', '60'], strays],
    [
      'SIGKILL',
      ['sh', '-c', "trap '' TERM; echo deaf; while :; do sleep 60 3>&-; done"],
      { ...strays, asked: 300 },
    ],
  ])('is ended by %s if it is recorded, and the lock is taken', async (by, command, limits) => {
    const other = await folder.holder(command);
    await other.kill();
    const { ended, descriptors } = await folder.acquire(undefined, 0, limits);
    expect(descriptors).toHaveLength(1);
    const words = `^what process ${other.process.pid} left behind has ended: ${other.child} \\(.*sleep 60.*, by ${by}$`;
    expect(ended).toEqual([expect.stringMatching(new RegExp(words))]);
  });

  test('is first given the time to end by itself', async () => {
    const other = await folder.holder();
    await other.kill();
    const waiting = acquireLock(folder.rigOn(folder.device), {
      environment: folder.environment,
      strays: { ...strays, byItself: 10_000 },
    });
    // The kernel lists the processes that wait for a lock: `1: -> FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF`.
    const waiter = new RegExp(`-> FLOCK .*:${statSync(lockFile()).ino} `);
    await until(
      () => readFileSync('/proc/locks', 'latin1'),
      (locks) => waiter.test(locks),
      10_000,
    );
    process.kill(other.child, 'SIGINT');
    const lock = await waiting;
    lock.release();
    expect(lock.ended).toEqual([expect.stringMatching(/has ended: [0-9]+ \(sleep 60\)$/)]);
  });

  test.each([
    ['was started at another time', '"helpers"', /"started":"[0-9]+"/, '"started":"1"'],
    ['has another command line', '"helpers"', /"command":"sleep 60"/, '"command":"sleep 61"'],
    ['was left in another boot or container', '{', /"space":"[^"]*"/, '"space":"elsewhere"'],
  ])('is left alone if the recorded process %s', async (_what, from, pattern, other) => {
    const held = await folder.holder();
    await held.kill();
    const text = await readFile(lockFile(), 'utf8');
    const start = text.indexOf(from);
    await writeFile(lockFile(), text.slice(0, start) + text.slice(start).replace(pattern, other));
    expect(await readFile(lockFile(), 'utf8')).not.toBe(text);
    await expect(folder.refusal()).resolves.toMatchObject({ code: 'RIG_BUSY' });
    expect(identityOf(held.child)).toMatchObject({ pid: held.child, command: 'sleep 60' });
  });
});

test('a holder is dead if another process has its process id now', async () => {
  const held = await folder.holder();
  await held.kill();
  const text = await readFile(lockFile(), 'utf8');
  await writeFile(lockFile(), text.replace(/"pid":[0-9]+/, `"pid":${process.pid}`));
  await expect(folder.acquire()).resolves.toMatchObject({ ended: [expect.stringContaining('SIGTERM')] });
});

test('the processes of a running holder are left alone', async () => {
  const held = await folder.holder();
  await expect(folder.refusal()).resolves.toMatchObject({
    code: 'RIG_BUSY',
    message: expect.stringContaining(`is held by process ${held.process.pid} `) as string,
  });
  expect(identityOf(held.child)).toMatchObject({ command: 'sleep 60' });
});
