import { describeBadEnd, describeRemains } from './child-account.ts';

const judged = { tests: [], problems: [] };

describe("the account of the Jest child's end", () => {
  test('one that ended in order has no entries', () => {
    const end = { code: 0, signal: null, overdue: false, running: [] };
    expect([...describeRemains(end), ...describeBadEnd(end, judged, 'jest.log')]).toEqual([]);
  });

  test('one that was killed after its last message has judged all its tests', () => {
    const end = { code: null, signal: 'SIGKILL', overdue: true, running: [] } as const;
    expect(describeRemains(end)).toMatchObject([{ type: 'message' }]);
    expect(describeBadEnd(end, judged, 'jest.log')).toEqual([]);
  });

  test('one that was killed before is a rig error', () => {
    const end = { code: null, signal: 'SIGKILL', overdue: false, running: [] } as const;
    expect(describeBadEnd(end, judged, 'jest.log')).toMatchObject([{ code: 'SUITES_CRASHED' }]);
  });

  test('a program that still drives the board is a rig error', () => {
    expect(describeRemains({ overdue: false, running: [4711] })).toMatchObject([
      { type: 'rig-error', atRest: false, message: expect.stringContaining('4711') as string },
    ]);
  });
});
