import { jest } from '@jest/globals';

import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { recordIn, run } from './qualify.fixture.ts';

jest.setTimeout(120_000);

let board: ForeignBoard;
beforeAll(async () => {
  board = await startForeignBoard();
});
afterAll(() => board.end());

// A module that was not restarted would pass or fail every clause about reboots alike, so the run has to notice it.
test.each([
  ['reset', 'CFG-PERSIST-KINDS,EX-PERSIST-KINDS,CFG-ERASE-APPLY,BOOT-ALIVE', 'the reset does not restart'],
  ['off', 'CUT-ATOMIC', 'the supply cut does not restart'],
] as const)('a board whose `%s` does nothing: the rig fails, not the module', async (act, clauses, said) => {
  const rig = board.rig(`no-${act}`, { [act]: "['true']" });
  const ended = await run(
    ['qualify', '--rig', rig, '--clause', clauses, '--out', board.out(act)],
    board.env(),
  );
  const { tests, problems } = recordIn(board.out(act));
  expect(problems).toMatchObject([{ kind: 'rig-error', code: 'NOT_RESTARTED' }]);
  expect(ended.stdout).toContain(said);
  const verdicts = tests.map(({ verdict }) => verdict);
  expect(verdicts.filter((verdict) => verdict === 'rig-error')).toHaveLength(1);
  expect(verdicts.slice(verdicts.indexOf('rig-error') + 1)).not.toContain('pass');
  expect(verdicts).not.toContain('fail');
  expect(ended.exitCode).toBe(3);
});
