import path from 'node:path';

import { jest } from '@jest/globals';

import { bin, workFolder } from './qualify.fixture.ts';
import { openTerminal, type Terminal } from './terminal.fixture.ts';

jest.setTimeout(600_000);

const folder = workFolder();
afterAll(() => folder.end());
const opened: Terminal[] = [];
afterEach(() => opened.splice(0).forEach((terminal) => terminal.kill('SIGKILL')));

const status = /(\d+)\/(\d+) tests, .*\d:\d\d/;
const counted = (rows: readonly string[]): RegExpExecArray | null =>
  status.exec(rows.findLast((row) => status.test(row)) ?? '');

test.each([
  [40, 80],
  [80, 200],
  [200, 40],
])('a run in a terminal of %i columns, then of %i, leaves its results and the summary', async (from, to) => {
  const out = path.join(folder.dir, `run-${from}`);
  const args = [
    'qualify',
    '--profile',
    'smoke',
    '--clause',
    'CFG-*',
    '--seed',
    '1',
    '--out',
    out,
    '--no-latest',
  ];
  const terminal = openTerminal([bin, ...args], from, { BC26_HIL_STATE: folder.dir });
  opened.push(terminal);
  const early = await terminal.until((rows) => Number(counted(rows)?.[1]) >= 5);
  const [, , planned] = counted(early) ?? [];
  expect(terminal.broken()).toEqual([]);
  terminal.resize(to);
  const later = await terminal.until((rows) => Number(counted(rows)?.[1]) >= 10);
  expect(later.filter((row) => status.test(row))).toHaveLength(1);
  const exitCode = await terminal.ended;
  const rows = terminal.rows();
  expect(rows.filter((row) => status.test(row))).toEqual([]);
  // Nothing of a test's name is left of the block, unless the summary names the test.
  const summary = rows.findIndex((row) => row.startsWith('Profile smoke on rig emulated'));
  expect(
    rows.slice(0, summary).filter((row) => / › /.test(row) && !/^ {2}(fail|flaky|incon)/.test(row)),
  ).toEqual([]);
  expect(rows.filter((row) => row.startsWith('  20-access-records.suite.ts  '))).toHaveLength(1);
  expect(rows.at(-1)).toContain(`Exit code ${exitCode}`);
  // Those of the profile and of the clauses alone.
  expect(Number(planned)).toBeLessThan(100);
});
