import { jest } from '@jest/globals';

import { type OwnBench, startOwnBench } from './foreign-board.fixture.ts';
import { recordIn, run } from './qualify.fixture.ts';

jest.setTimeout(120_000);

let own: OwnBench;
beforeAll(async () => {
  own = await startOwnBench();
});
afterAll(() => own.end());

// What is judged of a reboot, a module that only went on answering would pass altogether, or fail altogether.
test.each([
  ['reset', 'CFG-PERSIST-KINDS,EX-PERSIST-KINDS,CFG-ERASE-APPLY,BOOT-ALIVE', 'the reset does not restart'],
  ['off', 'CUT-ATOMIC', 'the supply cut does not restart'],
] as const)(
  'a board whose `%s` does nothing: the rig has failed, and no module',
  async (act, clauses, said) => {
    const rig = own.rig(`no-${act}`, { [act]: "['true']" });
    const ended = await run(['qualify', '--rig', rig, '--clause', clauses, '--out', own.out(act)], own.env());
    const { tests, problems } = recordIn(own.out(act));
    expect(problems).toMatchObject([{ kind: 'rig-error', code: 'NOT_RESTARTED' }]);
    expect(ended.stdout).toContain(said);
    const verdicts = tests.map(({ verdict }) => verdict);
    expect(verdicts.filter((verdict) => verdict === 'rig-error')).toHaveLength(1);
    expect(verdicts.slice(verdicts.indexOf('rig-error') + 1)).not.toContain('pass');
    expect(verdicts).not.toContain('fail');
    expect(ended.exitCode).toBe(3);
  },
);
