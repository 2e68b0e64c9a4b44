import { readFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';
import { execa } from 'execa';

import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { bin, recordIn, root, run, traceIn, untilPrinted } from './qualify.fixture.ts';

jest.setTimeout(180_000);

/** A module on a foreign board that shows its whole private key, which the rig file does not name. */
let board: ForeignBoard;
beforeAll(async () => {
  board = await startForeignBoard(['--fault', 'key-leaked-read', '--fault', 'key-leaked-query']);
});
afterAll(() => board.end());

/** The module's key without the four characters that may be shown. */
const secret = 'EmulatedModuleHasNoRealKey01';
const typed = 'Qq7-typedByHand';

test('qualify finds the leak and writes the key to no file', async () => {
  const out = board.out('run');
  const clauses = ['--profile', 'smoke', '--clause', 'CFG-READ-2,CFG-QUERY-2,CFG-MASK,CFG-ERASE-2'];
  const ended = await run(['qualify', '--rig', board.rig('leak'), ...clauses, '--out', out], board.env());
  expect(ended.exitCode).toBe(1);
  expect(recordIn(out).clauses.find(({ id }) => id === 'CFG-MASK')).toMatchObject({ verdict: 'fail' });
  const files = ['run.json', 'junit.xml', 'trace.jsonl', 'log.jsonl', 'jest.log'];
  for (const text of [
    ended.stdout,
    ended.stderr,
    ...files.map((file) => readFileSync(path.join(out, file), 'utf8')),
  ]) {
    expect(text).not.toContain(secret.slice(0, 5));
    expect(text).not.toContain(secret.slice(-5));
  }
  const received = traceIn(out).filter(({ source }) => source === 'uart.rx');
  const line = received.map(({ data }) => String(data)).join('');
  // The evidence of the leak stays: as many characters as the key has, none of them an asterisk of the module.
  expect(line).toContain(`+QDMPCFG: 2,M100000089,95Go${'#'.repeat(secret.length)},0,863703030822519\r\n`);
});

test('at prints four characters of a key, typed or answered', async () => {
  const save = `AT+QDMPCFG=2,"M100000089","${typed}",0,863703030822519`;
  const ended = await run(
    ['at', '--rig', board.rig('at'), 'AT+QDMPCFG?', save, 'AT+QDMPCFG=4,2'],
    board.env(),
  );
  expect(ended).toMatchObject({ exitCode: 0 });
  expect(ended.stdout).toContain('+QDMPCFG: 2,M100000089,95Go####');
  expect(ended.stdout).toContain('AT+QDMPCFG=2,"M100000089","Qq7-###########",0');
  expect(ended.stdout).toContain('+QDMPCFG: 2,M100000089,Qq7-###########,0');
  for (const text of [ended.stdout, ended.stderr]) expect(text).not.toMatch(/Emula|typed/);
});

test('console shows four characters of a key, typed, echoed or answered', async () => {
  const args = [bin, 'console', '--rig', board.rig('console')];
  const child = execa(process.execPath, args, { cwd: root, env: board.env(), reject: false });
  try {
    // Lines typed while the module boots are lost.
    const ok = untilPrinted(child.stdout, '< OK');
    const timer = setInterval(() => child.stdin.write('AT\n'), 200);
    await ok.finally(() => clearInterval(timer));
    child.stdin.write('AT+QDMPCFG?\n');
    await untilPrinted(child.stdout, '+QDMPCFG: 2,');
    child.stdin.end(`AT+QDMPCFG=2,"M100000089","${typed}",0,863703030822519\n`);
    const { exitCode, stdout, stderr } = await child;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/< \+QDMPCFG: 2,M100000089,(95Go|Qq7-)#+,0/);
    expect(stdout).toMatch(/> AT\+QDMPCFG=2,"M100000089","Qq7-\*{4}",0/);
    expect(stdout).toMatch(/< AT\+QDMPCFG=2,"M100000089","Qq7-\*{4}",0/);
    for (const text of [stdout, stderr]) expect(text).not.toMatch(/Emula|typed/);
  } finally {
    child.kill('SIGKILL');
  }
});
