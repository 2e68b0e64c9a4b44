import type { Readable } from 'node:stream';

import { jest } from '@jest/globals';
import { execa } from 'execa';

import { type OwnBench, startOwnBench } from './foreign-board.fixture.ts';
import { bin, recordIn, root, run } from './qualify.fixture.ts';

jest.setTimeout(180_000);

/**
 * A module whose server record, three items, takes 450 ms to be durable: less than the second that the rig file
 * allows, more than passes by itself before the supply is cut.
 */
let own: OwnBench;
beforeAll(async () => {
  own = await startOwnBench(['--set', 'nvramItemMs=150', '--set', 'bootMs=300']);
});
afterAll(() => own.end());

const save = (port: number): string => `AT+QDMPCFG=1,192.0.2.9,${port},86400`;
const at = (...commands: string[]) => run(['at', '--rig', own.rig('slow'), ...commands], own.env());

const console = () =>
  execa(process.execPath, [bin, 'console', '--rig', own.rig('slow')], {
    cwd: root,
    env: own.env(),
    reject: false,
  });

/** Resolves when the console has shown the OK to what it saved. */
const answered = (output: Readable): Promise<void> =>
  new Promise((resolve, reject) => {
    let heard = '';
    output.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (/> AT\+QDMPCFG=1,[^]*< OK/.test(heard)) resolve();
    });
    output.on('end', () => reject(new Error(`no OK to what was saved: ${heard}`)));
  });

/** The port that a module which was off in between shows as saved. */
async function savedPort(): Promise<string | undefined> {
  const { stdout } = await at('AT+QDMPCFG=4,1');
  return /\+QDMPCFG: 1,192\.0\.2\.9,(\d+),/.exec(stdout)?.[1];
}

describe('what was saved outlives the end of', () => {
  test('at', async () => {
    const { exitCode } = await at(save(5701));
    expect(exitCode).toBe(0);
    expect(await savedPort()).toBe('5701');
  });

  // Ctrl-X, since the end of a pipe waits by itself; Ctrl-O cuts the supply.
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
    const smoke = ['--profile', 'smoke', '--clause', 'CFG-SAVE-1', '--seed', '1', '--out', own.out('run')];
    const { exitCode } = await run(['qualify', '--rig', own.rig('slow'), ...smoke], own.env());
    expect(exitCode).toBe(0);
    expect(recordIn(own.out('run')).messages).toEqual([]);
    expect(await savedPort()).toBe('5704');
  });
});
