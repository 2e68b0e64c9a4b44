import type { Entry } from '../record/entry.ts';
import { clauseFacts, planned, portGone, ran, runEnd, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import { leadLines } from './lead.ts';

const tests = [planned('one', 'CFG-A'), planned('two', 'CFG-B')] as const;
const clauses = [clauseFacts('CFG-A', 'S'), clauseFacts('CFG-B', 'S')];
const lead = (...entries: Entry[]) => leadLines(foldRecord([runStart(tests, clauses), ...entries, runEnd]));

const failed = [...ran(tests[0], 'fail'), ...ran(tests[1], 'fail')];
const andThen = '… and then the rig failed: PORT_GONE: the port vanished';

test('a run without a silence or a rig that failed after failures has no lead', () => {
  expect(lead(...failed)).toEqual([]);
  expect(lead(...ran(tests[0], 'pass'), portGone)).toEqual([]);
});

test('the first line names the input that silences the module', () => {
  const text = 'the module falls silent after AT+QDMPCFGEX=3,1';
  const silence = { type: 'silence', verdict: 'fail', input: 'AT+QDMPCFGEX=3,1', text } as const;
  expect(lead(silence)).toEqual([`INPUT-ALIVE failed: ${text}`]);
  expect(lead(silence, ...failed, portGone)).toEqual([`INPUT-ALIVE failed: ${text}`, andThen]);
  expect(lead({ ...silence, verdict: 'flaky' })).toEqual([]);
});

describe('an interrupted run', () => {
  const interrupted = { type: 'interrupted', signal: 'SIGINT' } as const;

  test('is named first, with how far it came', () => {
    expect(lead(...ran(tests[0], 'pass'), interrupted)).toEqual([
      expect.stringMatching(/^Interrupted by SIGINT after [\d.]+ s: 1 of 2 tests had been run$/),
    ]);
    expect(lead(interrupted)).toEqual([expect.stringMatching(/: 0 of 2 tests had been run$/)]);
  });

  test('counts the test that it broke off as not run', () => {
    const brokenOff = ran(tests[1], 'not-run', 'the run was interrupted: SIGINT');
    expect(lead(...ran(tests[0], 'fail'), ...brokenOff, interrupted)).toEqual([
      expect.stringMatching(/: 1 of 2 tests had been run$/),
    ]);
  });
});

test('failures come before the rig that failed after them', () => {
  expect(lead(...failed, portGone)).toEqual(['The module failed 2 tests (CFG-A, CFG-B)', andThen]);
});
