import { clauseFacts, planned, ran, runStart } from '../../../reports/record/example-run.fixture.ts';
import { foldRecord } from '../../../reports/record/fold-record.ts';
import { describeBadEnd, describeRemains } from './child-account.ts';

const judged = { tests: [], problems: [] };

describe("the account of the Jest child's end", () => {
  test('one that ended in order has no entries', () => {
    const end = { code: 0, signal: null, overdue: false, running: [] };
    expect([...describeRemains(end), ...describeBadEnd(end, judged, [], 'jest.log')]).toEqual([]);
  });

  test('one that was killed after its last message has judged all its tests', () => {
    const end = { code: null, signal: 'SIGKILL', overdue: true, running: [] } as const;
    expect(describeRemains(end)).toMatchObject([{ type: 'message' }]);
    expect(describeBadEnd(end, judged, [], 'jest.log')).toEqual([]);
  });

  test('one that left tests out which were to be run is a rig error', () => {
    const end = { code: 0, signal: null, overdue: false, running: [] };
    const [first, second] = [planned('first', 'CFG-TEST'), planned('second', 'CFG-TEST')];
    const leftOut = { ...planned('third', 'CFG-TEST'), leftOut: 'not part of profile smoke' };
    const record = foldRecord([
      runStart([first, second, leftOut], [clauseFacts('CFG-TEST', 'S')]),
      ...ran(first, 'pass'),
    ]);
    expect(describeBadEnd(end, record, [first], 'jest.log')).toEqual([]);
    expect(describeBadEnd(end, record, [first, second], 'jest.log')).toMatchObject([
      { code: 'SUITES_CRASHED', message: 'the Jest child ended before 1 of 2 tests' },
    ]);
  });

  test('one that was killed before is a rig error', () => {
    const end = { code: null, signal: 'SIGKILL', overdue: false, running: [] } as const;
    expect(describeBadEnd(end, judged, [], 'jest.log')).toMatchObject([{ code: 'SUITES_CRASHED' }]);
  });

  test('a program that still drives the board is a rig error', () => {
    expect(describeRemains({ overdue: false, running: [4711] })).toMatchObject([
      { type: 'rig-error', atRest: false, message: expect.stringContaining('4711') as string },
    ]);
  });
});
