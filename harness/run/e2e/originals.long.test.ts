import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { jest } from '@jest/globals';

import { until } from '../../base/until.fixture.ts';
import { commandLine, descendants, left } from './endings.fixture.ts';
import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { isAlive, run, start, untilPrinted } from './qualify.fixture.ts';

jest.setTimeout(180_000);

/** Saves in every kind of record, for long enough to be interrupted. */
const saving = ['--profile', 'smoke', '--clause', 'CFG-SAVE-*,EX-SAVE-*,CFG-ERASE-*,CFG-QUERY-*'];
const short = ['--profile', 'smoke', '--clause', 'CFG-TEST'];
const leftOver = /module 863703030822519 still holds what an earlier run left/;

let board: ForeignBoard;
let rig: string;
let held: unknown;
/** The file as a run has kept it. */
let keptText: string;
beforeAll(async () => {
  board = await startForeignBoard();
  rig = board.rig('kept', {}, { mayLoseCredentials: 'false' });
  const values = [
    'AT+QDMPCFG=0,0',
    'AT+QDMPCFG=1,203.0.113.5,5683,3600',
    'AT+QDMPCFG=2,"M100000089","Hh5-ownBench-77",0,863703030822519',
    'AT+QDMPCFGEX=3,0,"SW 7","Customer"',
    'AT+QDMPCFGEX=5,0,"48.1,11.5,GPS"',
  ];
  expect(await run(['at', '--rig', rig, ...values], board.env())).toMatchObject({ exitCode: 0 });
  held = nvram();
});
afterAll(() => board.end());

const nvram = (): Record<string, string> =>
  JSON.parse(readFileSync(path.join(board.moduleDir, 'nvram.json'), 'utf8')) as Record<string, string>;
const kept = (): string => path.join(board.out('state'), 'originals', '863703030822519.json');

/** Starts a run and returns once it has saved something else in the module. */
async function runThatSaves(name: string): Promise<{ readonly child: ReturnType<typeof start> }> {
  const child = start(['qualify', '--rig', rig, ...saving, '--out', board.out(name)], board.env());
  // The server stays another one until the end of the run.
  await until(nvram, ({ dm_access_ip_address: server }) => /^192\.0\.2\./.test(server ?? ''), 60_000);
  // In an object, since a child is a promise of its end.
  return { child };
}

/** The same, and kills all of its processes. */
async function runThatIsKilled(name: string): Promise<void> {
  const { child } = await runThatSaves(name);
  const all = [child.pid!, ...descendants(child.pid!)];
  for (const each of all) if (isAlive(each)) process.kill(each, 'SIGKILL');
  await child;
  expect(await left(all, 10_000)).toEqual([]);
  expect(nvram()).not.toEqual(held);
  expect(existsSync(kept())).toBe(true);
}

/** The last that the trace of a run has of the line. Its last line may be half written. */
const lastOnLine = (name: string): string =>
  readFileSync(path.join(board.out(name), 'trace.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .findLast((line) => line.includes('"source":"uart.'))!;

/** Waits until a run has waited for an answer for a second: the module answers as slowly as it was told to. */
async function untilUnanswered(name: string): Promise<void> {
  const asked = async (): Promise<readonly string[]> => [
    lastOnLine(name),
    await sleep(1_000).then(() => lastOnLine(name)),
  ];
  await until(asked, ([before, now]) => before === now && now!.includes('"source":"uart.tx"'), 60_000);
}

/** Leaves what a killed run leaves: other values in the module, and the file of a run before. */
async function leaveBehind(): Promise<void> {
  writeFileSync(kept(), keptText);
  const values = ['AT+QDMPCFG=1,192.0.2.9,5701,86399', 'AT+QDMPCFGEX=5,2'];
  expect(await run(['at', '--rig', rig, ...values], board.env())).toMatchObject({ exitCode: 0 });
  expect(nvram()).not.toEqual(held);
}

describe('what a module held before a run', () => {
  test('is put back by the next run after everything was killed', async () => {
    await runThatIsKilled('killed');
    const next = await run(['qualify', '--rig', rig, ...short, '--out', board.out('next')], board.env());
    expect(next).toMatchObject({ exitCode: 0 });
    expect(next.stdout + next.stderr).toMatch(leftOver);
    expect(nvram()).toEqual(held);
    expect(existsSync(kept())).toBe(false);
  });

  test('is put back by a run that is interrupted once', async () => {
    const { child } = await runThatSaves('interrupted');
    keptText = readFileSync(kept(), 'utf8');
    child.kill('SIGINT');
    expect(await child).toMatchObject({ exitCode: 130 });
    expect(nvram()).toEqual(held);
    expect(existsSync(kept())).toBe(false);
  });

  test('stays on disk where a second signal ends the run at once', async () => {
    const { child } = await runThatSaves('twice');
    // A restore begins with a reading, and at 3 s an answer none of its commands can be sent before the second signal.
    writeFileSync(path.join(board.moduleDir, 'control'), 'set latencyMs 3000,3000\n');
    await untilUnanswered('twice');
    child.kill('SIGTERM');
    await untilPrinted(child.stderr, 'putting the board at rest');
    // A signal within half a second of the first is taken for the same.
    await sleep(700);
    const judging = descendants(child.pid!).filter((pid) => commandLine(pid).includes('jest.js'));
    expect(judging).toHaveLength(1);
    const asked = Date.now();
    child.kill('SIGINT');
    // What puts the module back ends now; after one signal it would have had 4.8 s more.
    expect(await left(judging, 3_000)).toEqual([]);
    const { exitCode, stdout } = await child;
    // The board is put at rest and the reports are written: a second's work, of which a busy machine makes many.
    expect(Date.now() - asked).toBeLessThan(20_000);
    writeFileSync(path.join(board.moduleDir, 'control'), 'set latencyMs 5,25\n');
    expect(exitCode).toBe(143);
    expect(stdout.replace(/\s+/g, ' ')).toContain('a second signal ended the run at once');
    expect(existsSync(kept())).toBe(true);
    expect(nvram()).not.toEqual(held);
    await board.off();
    expect(await run(['restore', '--rig', rig], board.env())).toMatchObject({ exitCode: 0 });
    expect(nvram()).toEqual(held);
    expect(existsSync(kept())).toBe(false);
  });

  test('is put back by `restore`, which then has nothing more to do', async () => {
    await runThatIsKilled('restored');
    const restored = await run(['restore', '--rig', rig], board.env());
    expect(restored).toMatchObject({ exitCode: 0 });
    expect(restored.stdout).toMatch(leftOver);
    expect(restored.stdout).toMatch(/^QDMPCFG.*: written again$/m);
    expect(nvram()).toEqual(held);
    const again = await run(['restore', '--rig', rig], board.env());
    expect(again).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('nothing is kept') as string,
    });
  });

  test.each([
    ['rest', ['rest']],
    ['doctor', ['doctor', '--silence', '1', '--boots', '1']],
  ])('is put back by `%s`', async (name, command) => {
    await leaveBehind();
    const out = name === 'doctor' ? ['--out', board.out(name)] : [];
    const ended = await run([...command, '--rig', rig, ...out], board.env());
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.stdout).toMatch(leftOver);
    expect(nvram()).toEqual(held);
    expect(existsSync(kept())).toBe(false);
  });

  test('stays on disk where the module does not answer; `rest` says so and does not fail', async () => {
    const dead = { mayLoseCredentials: 'false', bootDeadlineMs: '1000' };
    writeFileSync(kept(), keptText);
    const ended = await run(['rest', '--rig', board.rig('silent', { on: "['true']" }, dead)], board.env());
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.stdout).toMatch(/is not yet put back: .*\n.*bc26-hil restore.*\nsilent: at rest$/);
    expect(existsSync(kept())).toBe(true);
  });

  test('is never taken from what a test saved, even where no file is left', async () => {
    const values = [
      'AT+QDMPCFG=1,192.0.2.7,5683,420',
      'AT+QDMPCFG=2,"M200000017","Zb8-AnotherKey",2,8637030308225274',
      'AT+QDMPCFGEX=3,0,"SW 1.2","Meter"',
    ];
    const other = await startForeignBoard();
    try {
      const own = other.rig('own', {}, { mayLoseCredentials: 'false' });
      expect(await run(['at', '--rig', own, ...values], other.env())).toMatchObject({ exitCode: 0 });
      const ended = await run(['qualify', '--rig', own, ...short, '--out', other.out('own')], other.env());
      expect(ended).toMatchObject({ exitCode: 0 });
      expect(ended.stdout + ended.stderr).toContain('values that only a test saves');
      const now = JSON.parse(readFileSync(path.join(other.moduleDir, 'nvram.json'), 'utf8')) as object;
      expect(now).toMatchObject({ dm_appkey: 'M100000089', dm_pwd: 'Hh5-ownBench-77' });
      expect(JSON.stringify(now)).not.toMatch(/192\.0\.2|Meter/);

      // By a rig file that says so, none were ever saved: what a test saves is erased.
      const factory = other.rig('own', { credentials: 'factory' }, { mayLoseCredentials: 'false' });
      const saves = ['--profile', 'smoke', '--clause', 'CFG-SAVE-*', '--out', other.out('factory')];
      expect(await run(['qualify', '--rig', factory, ...saves], other.env())).toMatchObject({ exitCode: 0 });
      const erased = readFileSync(path.join(other.moduleDir, 'nvram.json'), 'utf8');
      expect(erased).not.toMatch(/dm_appkey|dm_pwd|dm_interface|dm_imei1/);
    } finally {
      await other.end();
    }
  });

  test('a damaged file is an error that names it, and nothing is written to the module', async () => {
    mkdirSync(path.dirname(kept()), { recursive: true });
    writeFileSync(kept(), '{');
    const ended = await run(['qualify', '--rig', rig, ...short, '--out', board.out('damaged')], board.env());
    expect(ended).toMatchObject({ exitCode: 3 });
    expect(ended.stdout).toContain('ORIGINAL_UNREADABLE');
    expect(ended.stdout).toContain(kept());
    expect(nvram()).toEqual(held);
    expect(existsSync(kept())).toBe(true);
    expect(await run(['restore', '--rig', rig], board.env())).toMatchObject({ exitCode: 3 });
    expect(await run(['restore', '--rig', rig, '--abandon'], board.env())).toMatchObject({ exitCode: 0 });
    expect(existsSync(kept())).toBe(false);
  });
});
