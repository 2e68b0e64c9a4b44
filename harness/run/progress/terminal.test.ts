import path from 'node:path';

import { jest } from '@jest/globals';

import { openTerminal, type Terminal } from '../e2e/terminal.fixture.ts';

jest.setTimeout(60_000);

const program = path.join(import.meta.dirname, 'progress-program.fixture.ts');
const status = /\d+\/\d+ tests, /;
const opened: Terminal[] = [];
afterEach(() => opened.splice(0).forEach((terminal) => terminal.kill('SIGKILL')));

/** The program in a terminal, at the moment when it waits. */
async function waiting(columns: number): Promise<{ terminal: Terminal; seen: readonly string[] }> {
  const terminal = openTerminal(['--import', 'tsx', program], columns);
  opened.push(terminal);
  const seen = await terminal.until((rows) => rows.at(-1)?.includes('test 7 ') === true);
  return { terminal, seen };
}

/** Lines of the changing block. */
const blockIn = (rows: readonly string[]): readonly string[] =>
  rows.filter((row) => status.test(row) || /^ {2}server\.suite\.ts › test/.test(row));

describe.each([40, 80, 200])('the progress in a terminal of %i columns', (columns) => {
  test('is one block that never breaks, and is gone when the summary comes', async () => {
    const { terminal, seen } = await waiting(columns);
    expect(blockIn(seen)).toHaveLength(2);
    expect(terminal.broken()).toEqual([]);
    terminal.kill('SIGUSR2');
    expect(await terminal.ended).toBe(0);
    const rows = terminal.rows();
    expect(blockIn(rows)).toEqual([]);
    expect(terminal.broken()).toEqual([]);
    expect(rows.filter((row) => row.startsWith('  fail  '))).toHaveLength(2);
    expect(rows.slice(-4)).toEqual(['  server.suite.ts  10 pass, 2 fail', '', 'the summary', 'Exit code 0']);
  });

  test.each([40, 63, 80, 200])('leaves no line behind when the terminal gets %i columns', async (width) => {
    const { terminal } = await waiting(columns);
    terminal.resize(width);
    const fits = (row: string): boolean => row.length < width;
    await terminal.until((rows) => {
      const block = blockIn(rows);
      // A name that is cut shows that the block was drawn anew.
      return block.length === 2 && block.every(fits) && (block[1]?.length ?? 0) === width - 1;
    });
    terminal.kill('SIGUSR2');
    expect(await terminal.ended).toBe(0);
    const rows = terminal.rows();
    expect(blockIn(rows)).toEqual([]);
    expect(rows.filter((row) => /^ {2}module 863703030822519/.test(row))).toHaveLength(1);
    expect(rows.slice(-2)).toEqual(['the summary', 'Exit code 0']);
  });
});
