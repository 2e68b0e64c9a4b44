import path from 'node:path';

import { jest } from '@jest/globals';

import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { recordIn, run } from './qualify.fixture.ts';

jest.setTimeout(120_000);

let board: ForeignBoard;
beforeAll(async () => {
  board = await startForeignBoard();
});
afterAll(() => board.end());

/** Judged by three tests of a nightly run, each after a supply cut. */
const clauses = ['--clause', 'CUT-ATOMIC'];

/** Runs on a board whose wiring is wrong in one way. */
async function qualified(name: string, change: Record<string, string>) {
  const out = board.out(name);
  const ended = await run(
    ['qualify', '--rig', board.rig(name, change), ...clauses, '--out', out],
    board.env(),
  );
  const { tests, problems, clauses: judged } = recordIn(out);
  const selected = tests.filter(({ clauses: ids }) => ids.includes('CUT-ATOMIC'));
  return {
    ...ended,
    problems,
    verdicts: selected.map(({ verdict }) => verdict),
    clause: judged.find(({ id }) => id === 'CUT-ATOMIC')?.verdict,
  };
}

// A module that was not switched off would pass the clauses of a cut, so the run has to prove that it is.
test.each([
  ['does nothing', () => ({ off: "['true']" })],
  [
    'takes effect only with the next `on`',
    () => ({
      off: "['true']",
      on: `[sh, -c, 'echo off > ${board.moduleDir}/control; echo on > ${board.moduleDir}/control']`,
    }),
  ],
])('a board whose `off` %s: no clause of a cut is judged', async (what, change) => {
  const { exitCode, stdout, problems, verdicts, clause } = await qualified(what.split(' ')[0]!, change());
  expect(problems).toMatchObject([{ kind: 'rig-error', code: 'NOT_SILENCED' }]);
  expect(stdout).toContain('the supply cut does not silence');
  expect(verdicts.filter((verdict) => verdict === 'rig-error')).toHaveLength(3);
  expect(verdicts).not.toContain('pass');
  expect(clause).toBe('rig-error');
  expect(exitCode).toBe(3);
});

test('a board whose `on` does nothing from the third time on: the rig fails, not the module', async () => {
  const times = path.join(board.moduleDir, 'times');
  const on = `[sh, -c, 'echo >> ${times}; test $(wc -l < ${times}) -gt 2 || echo on > ${board.moduleDir}/control']`;
  const { exitCode, stdout, problems, verdicts } = await qualified('third', { on });
  expect(problems).toMatchObject([{ kind: 'rig-error', code: 'NOT_RESTARTED' }]);
  expect(stdout).toContain('the supply cut does not restart');
  expect(verdicts.filter((verdict) => verdict === 'rig-error')).toHaveLength(1);
  expect(verdicts).not.toContain('pass');
  expect(verdicts).not.toContain('fail');
  expect(exitCode).toBe(3);
});
