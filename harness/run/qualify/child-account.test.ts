import { clauseFacts, planned, ran, runStart } from '../../../reports/record/example-run.fixture.ts';
import { foldRecord } from '../../../reports/record/fold-record.ts';
import { describeBadEnd, describeRemains } from './child-account.ts';

const judged = { tests: [], problems: [] };
const where = { output: 'jest.log', lastKnown: 'in the test ‘x’' };

describe("the account of the Jest child's end", () => {
  test('one that ended in order has no entries', () => {
    const end = { code: 0, signal: null, overdue: false, running: [] };
    expect([...describeRemains(end), ...describeBadEnd(end, judged, [], where)]).toEqual([]);
  });

  test('one that was killed after its last message has judged all its tests', () => {
    const end = { code: null, signal: 'SIGKILL', overdue: true, running: [] } as const;
    expect(describeRemains(end)).toMatchObject([{ type: 'message' }]);
    expect(describeBadEnd(end, judged, [], where)).toEqual([]);
  });

  test('one that left tests out which were to be run is a rig error', () => {
    const end = { code: 0, signal: null, overdue: false, running: [] };
    const [first, second] = [planned('first', 'CFG-TEST'), planned('second', 'CFG-TEST')];
    const leftOut = { ...planned('third', 'CFG-TEST'), leftOut: 'not part of profile smoke' };
    const record = foldRecord([
      runStart([first, second, leftOut], [clauseFacts('CFG-TEST', 'S')]),
      ...ran(first, 'pass'),
    ]);
    expect(describeBadEnd(end, record, [first], where)).toEqual([]);
    expect(describeBadEnd(end, record, [first, second], where)).toMatchObject([
      { code: 'SUITES_CRASHED', message: 'the Jest child ended before 1 of 2 tests' },
    ]);
  });

  test('one that was killed before is a rig error', () => {
    const end = { code: null, signal: 'SIGKILL', overdue: false, running: [] } as const;
    const [entry] = describeBadEnd(end, judged, [], where);
    expect(entry).toMatchObject({ type: 'rig-error', code: 'SUITES_CRASHED' });
    // Who reads it has to learn that it was not the harness, and where the kernel says so.
    expect(entry).toHaveProperty('message', expect.stringMatching(/signal 9.*in the test ‘x’.*memory/));
    expect(entry).toHaveProperty('remedy', expect.stringContaining('journalctl -k'));
  });

  test('one that crashed names the file with what it printed', () => {
    const end = { code: null, signal: 'SIGSEGV', overdue: false, running: [] } as const;
    expect(describeBadEnd(end, judged, [], where)).toEqual([
      {
        type: 'rig-error',
        code: 'SUITES_CRASHED',
        message: 'the Jest child ended with signal SIGSEGV in the middle of the run, in the test ‘x’',
        remedy: 'what Jest printed is in jest.log',
      },
    ]);
  });

  test('a program that still drives the board is a rig error', () => {
    expect(describeRemains({ overdue: false, running: [4711] })).toMatchObject([
      { type: 'rig-error', atRest: false, message: expect.stringContaining('4711') as string },
    ]);
  });
});
