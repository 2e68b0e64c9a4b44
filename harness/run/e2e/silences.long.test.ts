import { existsSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { junitIn, recordIn, run, workFolder } from './qualify.fixture.ts';
import { judgedRuns } from './second-chance.fixture.ts';

jest.setTimeout(600_000);

const folder = workFolder();
afterAll(() => folder.end());

/** The command after which the module goes deaf, by the moment at which it is first given. */
const moments = {
  'at the first reading': 'AT+QDMPCFGEX=5,1',
  'in mid-run': 'AT+QDMPCFG=6',
  // The chosen tests erase nothing, and nothing was saved in the module.
  'while restoring': 'AT+QDMPCFG=5,0',
} as const;
const depths = ['reset', 'power', 'never'] as const;
const clauses = 'CFG-SAVE-0,CFG-STATE';

const cases = Object.entries(moments).flatMap(([moment, command]) =>
  depths.map((until) => ({ moment, command, until })),
);
type Case = (typeof cases)[number];

const nameOf = ({ moment, until }: Case): string => `${moment}-${until}`.replaceAll(' ', '-');

/** An emulated board whose rungs are given up after 5 s, many times its boot time. */
const rigOf = (one: Case): string =>
  folder.file(
    `${nameOf(one)}.yaml`,
    [
      `name: deaf-${nameOf(one)}`,
      'control:',
      '  driver: emulator',
      '  faults: [deaf]',
      `  settings: { bootMs: 300, deafAfter: '${one.command}', deafUntil: '${one.until}' }`,
      "module: { imei: '863703030822519', firmware: BC26NBR01A07, bootDeadlineMs: 5000 }",
    ].join('\n'),
  );

async function judged(one: Case, nth: number) {
  const out = path.join(folder.dir, `${nameOf(one)}-${nth}`);
  const chosen = ['--profile', 'smoke', '--clause', clauses, '--seed', '3', '--out', out];
  const { exitCode, stdout } = await run(['qualify', '--rig', rigOf(one), ...chosen]);
  // A busy machine may not even have begun.
  if (!existsSync(path.join(out, 'run.json'))) return { exitCode };
  const [first = ''] = stdout.trimStart().split('\n');
  const { clauses: judgedClauses, problems } = recordIn(out);
  return {
    exitCode,
    named: first.includes(one.command),
    clause: judgedClauses.find(({ id }) => id === 'INPUT-ALIVE')?.verdict,
    blamesRig: problems.some(({ kind }) => kind === 'rig-error'),
    inJunit: junitIn(out).includes('no input silenced the module [INPUT-ALIVE]'),
  };
}

test('a module deaf after one command, at any moment and however deep, fails by that command', async () => {
  const seen = await judgedRuns(
    cases,
    judged,
    ({ exitCode, clause }) => clause === undefined || (exitCode === 3 && clause !== 'pass'),
  );
  const right = { exitCode: 1, named: true, clause: 'fail', blamesRig: false, inJunit: true };
  expect(seen.map(([one, found]) => [nameOf(one), found])).toEqual(cases.map((one) => [nameOf(one), right]));
});

describe('with its reset line cut', () => {
  let board: ForeignBoard;
  beforeAll(async () => {
    board = await startForeignBoard(['--fault', 'deaf', '--set', 'deafUntil=never']);
  });
  afterAll(() => board.end());

  test('it is not blamed: the rig has failed', async () => {
    const rig = board.rig('cut', { reset: "['true']" }, { bootDeadlineMs: '3000' });
    const chosen = ['--profile', 'smoke', '--clause', clauses, '--out', board.out('cut')];
    const ended = await run(['qualify', '--rig', rig, ...chosen], board.env());
    expect(recordIn(board.out('cut')).problems).toMatchObject([{ kind: 'rig-error', code: 'MODULE_DEAD' }]);
    expect(ended.exitCode).toBe(3);
  });
});
