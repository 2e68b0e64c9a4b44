import type { Readable } from 'node:stream';

import { jest } from '@jest/globals';
import { execa } from 'execa';

import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { bin, recordIn, root, run } from './qualify.fixture.ts';

jest.setTimeout(180_000);

/**
 * A module whose server record (three items) takes 450 ms to be durable: less than the second that the rig file allows,
 * and more than passes before the supply is cut when no command waits.
 */
let board: ForeignBoard;
beforeAll(async () => {
  board = await startForeignBoard(['--set', 'nvramItemMs=150', '--set', 'bootMs=300']);
});
afterAll(() => board.end());

// A server of a customer's: one in 192.0.2.0/24 would be taken for a suite's.
const save = (port: number): string => `AT+QDMPCFG=1,198.51.100.9,${port},86400`;
const at = (...commands: string[]) => run(['at', '--rig', board.rig('slow'), ...commands], board.env());

const console = () =>
  execa(process.execPath, [bin, 'console', '--rig', board.rig('slow')], {
    cwd: root,
    env: board.env(),
    reject: false,
  });

/** Resolves when the console has shown the OK of the save. */
const answered = (output: Readable): Promise<void> =>
  new Promise((resolve, reject) => {
    let heard = '';
    output.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (/> AT\+QDMPCFG=1,[^]*< OK/.test(heard)) resolve();
    });
    output.on('end', () => reject(new Error(`no OK of the save: ${heard}`)));
  });

/** The saved port, read after the module was off. */
async function savedPort(): Promise<string | undefined> {
  const { stdout } = await at('AT+QDMPCFG=4,1');
  return /\+QDMPCFG: 1,198\.51\.100\.9,(\d+),/.exec(stdout)?.[1];
}

describe('a saved record survives the end of', () => {
  test('at', async () => {
    const { exitCode } = await at(save(5701));
    expect(exitCode).toBe(0);
    expect(await savedPort()).toBe('5701');
  });

  // Ctrl-X ends at once, while the end of a pipe waits anyway. Ctrl-O cuts the supply.
  test.each([
    ['console', 5702, '\x18'],
    ['a key of the console that cuts the supply', 5703, '\x0f\x18'],
  ])('%s', async (_, port, keys) => {
    const child = console();
    const saved = answered(child.stdout);
    child.stdin.write(`${save(port)}\n`);
    await saved;
    child.stdin.write(keys);
    expect((await child).exitCode).toBe(0);
    expect(await savedPort()).toBe(String(port));
  });

  test('a run that puts back what it found', async () => {
    await at(save(5704));
    const smoke = ['--profile', 'smoke', '--clause', 'CFG-SAVE-1', '--seed', '1', '--out', board.out('run')];
    const { exitCode } = await run(['qualify', '--rig', board.rig('slow'), ...smoke], board.env());
    expect(exitCode).toBe(0);
    expect(recordIn(board.out('run')).messages).toEqual([]);
    expect(await savedPort()).toBe('5704');
  });
});
