import { readFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { unclearFailures } from '../../../reports/text/failure-sentence.ts';
import { recordIn, root, run, workFolder } from './qualify.fixture.ts';
import { judgedRuns } from './second-chance.fixture.ts';

/**
 * Faulty firmware, the clause that has to fail, and further clauses that have to be judged with it (what a clause always
 * needs is run without being asked for: `harness/clauses/needed.ts`). Each run has to end with exit code 1. These faults need a profile above smoke or a story with the platform, so nothing else is judged;
 * `caught-alone.long.test.ts` checks that other clauses pass.
 */
const faults: readonly (readonly [fault: string, clause: string, besides?: string])[] = [
  ['ex-location-longest-refused', 'EX-LEN-location'],
  ['erase-server-too-much', 'CFG-ERASE-ISOLATED'],
  ['erase-all-takes-extended', 'CROSS-ISOLATED'],
  ['default-period-wrong', 'CFG-PERIOD-DEFAULT'],
  ['erased-zeros-in-use', 'CFG-ERASE-APPLY'],
  ['lost-over-reset-pin', 'CFG-PERSIST-KINDS'],
  ['lost-at-second-boot', 'CFG-PERSIST', 'CFG-APPLY'],
  ['values-quoted', 'CFG-READ-UNQUOTED'],
  ['query-unprefixed', 'CFG-QUERY-2'],
  ['ex-read-unprefixed', 'EX-READ-3'],
  ['error-with-line', 'ERR-ALONE'],
  ['error-with-named-line', 'ERR-ALONE'],
  ['refused-server-half-saved', 'ERR-ATOMIC'],
  ['semicolon-splits', 'EX-CHARS'],
  ['end-blanks-lost', 'EX-CHARS-ANY'],
  ['two-final-results', 'AT-ONE-FINAL'],
  ['answers-late', 'CFG-TIME'],
  ['deaf-after-location-read', 'INPUT-ALIVE'],
  ['boots-twice', 'BOOT-ALIVE', 'CFG-PERSIST'],
  ['boot-begins-again', 'BOOT-ALIVE'],
  ['ex-read-tabbed', 'EX-READ-4'],
  ['server-ignored', 'CFG-APPLY-WIRE'],
  ['updates-late', 'STATE-UPDATE-TIME'],
  ['state-3-for-6', 'CFG-STATE-SET'],
  ['state-7-for-8', 'STATE-REG-SILENT'],
  ['disabled-registers', 'STATE-DISABLED'],
  ['lifetime-shortest', 'WIRE-LIFETIME'],
  ['state-9-early', 'STATE-LIFETIME'],
  ['state-kept-over-reboot', 'STATE-REBOOT'],
  ['info-erase-ignored', 'EX-ERASE-APPLY'],
  ['key-not-applied', 'WIRE-KEY'],
  ['letter-wrong', 'WIRE-TML'],
];

const folder = workFolder();
afterAll(() => folder.end());

/**
 * The emulated board with a slower network: the shortest state lasts 7 s of network time, which is 175 ms here. That is
 * seen even when the machine is busy with other runs.
 */
const calm = folder.file(
  'calm.yaml',
  readFileSync(path.join(root, 'rigs/emulated.yaml'), 'utf8').replace(/^( +clock:) \d+.*$/m, '$1 40'),
);

jest.setTimeout(1_200_000);

test('firmware that is wrong in one way fails the clause that says so', async () => {
  const seen = await judgedRuns(
    faults,
    async ([fault, clause, besides], nth) => {
      const out = path.join(folder.dir, `${fault}-${nth}`);
      const pattern = besides === undefined ? clause : `${clause},${besides}`;
      const rig = clause.startsWith('STATE-') ? calm : 'emulated';
      const { exitCode } = await run([
        ...['qualify', '--rig', rig, '--clause', pattern],
        ...['--fault', fault, '--seed', '1', '--out', out],
      ]);
      const { clauses, tests } = recordIn(out);
      const verdict = clauses.find(({ id }) => id === clause)?.verdict;
      return { exitCode, verdict, unclear: unclearFailures(tests) };
    },
    // A clause that passed was judged, also where other clauses were not.
    ({ exitCode, verdict }) => (exitCode === 3 || exitCode === 4) && verdict !== 'pass',
  );
  const missed = seen
    .filter(([, { exitCode, verdict }]) => exitCode !== 1 || verdict !== 'fail')
    .map(([[fault, clause], { exitCode, verdict }]) => `${fault}: ${clause} ${verdict}, exit ${exitCode}`);
  expect(missed).toEqual([]);
  // Each failure says in its first line what was expected and what came.
  expect(seen.flatMap(([, { unclear }]) => unclear)).toEqual([]);
});

test('a second boot within a reboot is seen, whichever suite rebooted', async () => {
  const out = `${folder.dir}/each-reboot`;
  const chosen = ['--profile', 'smoke', '--clause', 'BOOT-ALIVE'];
  await run(['qualify', ...chosen, '--fault', 'boots-twice', '--seed', '1', '--out', out]);
  const { tests, counters } = recordIn(out);
  const whole = tests.find(({ name }) => name.startsWith('90-run') && name.includes('no reboot of the run'));
  expect(whole?.verdict).toBe('fail');
  expect(counters.reboots).toBeGreaterThan(0);
  expect(whole?.reason?.match(/reboot \d+ \(\S+\): 2 boots/g)).toHaveLength(counters.reboots);
});
