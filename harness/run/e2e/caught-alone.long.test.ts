import path from 'node:path';

import { jest } from '@jest/globals';

import type { RunRecord } from '../../../reports/record/record.ts';
import { unclearFailures } from '../../../reports/text/failure-sentence.ts';
import { recordIn, run, workFolder } from './qualify.fixture.ts';
import { judgedRuns } from './second-chance.fixture.ts';

/**
 * Faulty firmware, and the clauses of the whole chapter that have to fail; where there are several, a comment says why.
 * Any other clause that fails is blamed wrongly.
 */
const chapters: Readonly<Record<string, readonly (readonly [fault: string, ...fails: string[]])[]>> = {
  'CFG-*': [
    ['no-test-form', 'CFG-TEST'],
    ['period-299-accepted', 'CFG-PERIOD-OUTSIDE'],
    ['period-300-refused', 'CFG-PERIOD-RANGE'],
    ['period-4294967-accepted', 'CFG-PERIOD-OUTSIDE'],
    ['mode-2-accepted', 'CFG-MODE-OUTSIDE'],
    ['terminal-type-3-accepted', 'CFG-TML-OUTSIDE'],
    ['imei-17-refused', 'CFG-IMEI-LENGTH'],
    ['imei-18-accepted', 'CFG-IMEI-OUTSIDE'],
    ['key-leaked-read', 'CFG-MASK'],
    ['five-characters-query', 'CFG-MASK'],
    ['key-tail-query', 'CFG-MASK'],
    ['read-order-wrong', 'CFG-READ'],
    ['state-outside-list', 'CFG-STATE-SET'],
    ['erase-server-nothing', 'CFG-ERASE-1'],
    ['erase-credentials-keeps-type', 'CFG-ERASE-2'],
    ['erase-all-misses-credentials', 'CFG-ERASE-4'],
    // The record that was not erased is still saved, so the default mode does not come into use.
    ['erase-mode-nothing', 'CFG-ERASE-0', 'CFG-ERASE-APPLY', 'CFG-MODE-DEFAULT'],
    // Two sides of one behaviour: what is in use, and when that changes.
    ['applied-at-once', 'CFG-APPLY', 'CFG-READ-ACTIVE'],
    ['never-applied', 'CFG-APPLY', 'CFG-READ-ACTIVE'],
    // A saved record is only visible through the query, so a wrong query looks like a wrong save.
    ['query-server-wrong', 'CFG-SAVE-1', 'CFG-QUERY-1', 'CFG-PERSIST', 'CFG-PERSIST-KINDS'],
  ],
  'EX-*': [
    ['no-ex-test-form', 'EX-TEST'],
    ['ex-mac-cut-short', 'EX-LEN-OVER-mac'],
    ['ex-mac-over-accepted', 'EX-LEN-OVER-mac'],
    ['ex-null-refused', 'EX-NULL'],
    // Only an example shows that a reading reflects an erase at once, so an erase that did nothing and a reading of
    // old values cannot be told apart.
    ['ex-erase-2-nothing', 'EX-ERASE-2', 'EX-ACT-MEMBERS', 'EX-READ-SAVED'],
  ],
};

const runs = Object.entries(chapters).flatMap(([chapter, faults]) =>
  faults.map(([fault, ...fails]) => ({ chapter, fault, fails: fails.toSorted() })),
);

/** The least number of S clauses that pass beside any of the faults; more than half of a chapter. */
const INNOCENTS = 15;

/** Left out: several emulated modules on one machine may all answer late. `timing-acceptance.long.test.ts` judges times. */
const timed = ['CFG-TIME', 'EX-TIME'];

/** The clauses that failed; flaky ones are marked. */
const failing = ({ clauses }: RunRecord): readonly string[] =>
  clauses
    .filter(({ id, verdict }) => (verdict === 'fail' || verdict === 'flaky') && !timed.includes(id))
    .map(({ id, verdict }) => (verdict === 'fail' ? id : `${id} (${verdict})`))
    .toSorted();

const statedAndPassed = ({ clauses }: RunRecord): number =>
  clauses.filter(({ status, verdict }) => status === 'S' && verdict === 'pass').length;

const folder = workFolder();
afterAll(() => folder.end());

jest.setTimeout(1_200_000);

/** Whether no verdict is wrong; clauses without a verdict do not count. */
const rightSoFar = ({ clauses }: RunRecord, fails: readonly string[]): boolean =>
  clauses
    .filter(({ id }) => !timed.includes(id))
    .every(({ id, verdict }) => (fails.includes(id) ? verdict !== 'pass' : verdict !== 'fail'));

/** Whether a clause has no verdict: a test failed once only, or the rig or the machine disturbed it. */
const undecided = ({ clauses }: RunRecord, fails: readonly string[]): boolean =>
  clauses.some(
    ({ id, verdict }) =>
      ((verdict === 'flaky' || verdict === 'rig-error') && !timed.includes(id)) ||
      (verdict === 'inconclusive' && fails.includes(id)),
  );

test('firmware that is wrong in one way fails the clauses that say so, and no other of its chapter', async () => {
  const seen = await judgedRuns(
    runs,
    async ({ chapter, fault, fails }, nth) => {
      const out = path.join(folder.dir, `${fault}-${nth}`);
      const { exitCode } = await run([
        ...['qualify', '--profile', 'smoke', '--clause', chapter],
        ...['--fault', fault, '--seed', '1', '--out', out],
      ]);
      const record = recordIn(out);
      const judged = {
        exitCode,
        fails: failing(record),
        innocents: statedAndPassed(record) >= INNOCENTS,
        unclear: unclearFailures(record.tests),
      };
      const open = exitCode === 3 || exitCode === 4 || undecided(record, fails);
      return { judged, unjudged: open && rightSoFar(record, fails) };
    },
    ({ unjudged }) => unjudged,
  );
  const right = runs.map(({ fault, fails }) => [fault, { exitCode: 1, fails, innocents: true, unclear: [] }]);
  expect(seen.map(([{ fault }, { judged }]) => [fault, judged])).toEqual(right);
});
