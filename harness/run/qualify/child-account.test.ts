import { endedBadly, leftOver } from './child-account.ts';

const judged = { tests: [], problems: [] };

describe("the account of the Jest child's end", () => {
  test('one that ended in order leaves nothing to be said', () => {
    const end = { code: 0, signal: null, overdue: false, running: [] };
    expect([...leftOver(end), ...endedBadly(end, judged, 'jest.log')]).toEqual([]);
  });

  test('one that was killed after its last word has judged all it had to', () => {
    const end = { code: null, signal: 'SIGKILL', overdue: true, running: [] } as const;
    expect(leftOver(end)).toMatchObject([{ type: 'message' }]);
    expect(endedBadly(end, judged, 'jest.log')).toEqual([]);
  });

  test('one that was killed before is the rig', () => {
    const end = { code: null, signal: 'SIGKILL', overdue: false, running: [] } as const;
    expect(endedBadly(end, judged, 'jest.log')).toMatchObject([{ code: 'SUITES_CRASHED' }]);
  });

  test('a program that still drives the board is the rig', () => {
    expect(leftOver({ overdue: false, running: [4711] })).toMatchObject([
      { type: 'rig-error', atRest: false, message: expect.stringContaining('4711') as string },
    ]);
  });
});
