import { HilError } from '../../base/error.ts';
import { expectThat } from './expectation.ts';
import { mayBeFlaky } from './second-attempt.ts';

const first = { clauses: ['CFG-SAVE-1'], thrown: new Error('not equal'), restarts: 0, hindsight: false };

/** What a failed expectation throws. */
const failing = (own: { proven?: boolean }): unknown => {
  try {
    return expectThat('QDMPCFG 1 saved', { holds: false, expected: 'old or new', got: 'both', ...own });
  } catch (error) {
    return error;
  }
};

describe('a failed test', () => {
  test('is run again where the module may behave otherwise then', () => {
    expect(mayBeFlaky(first)).toBe(true);
    expect(mayBeFlaky({ ...first, clauses: ['AT-ONE-FINAL'] })).toBe(true);
    expect(mayBeFlaky({ ...first, thrown: failing({}) })).toBe(true);
  });

  test.each([
    ['an unexpected restart', { restarts: 1 }],
    ['a limit that was passed', { clauses: ['CFG-TIME'] }],
    ['an answer that never came', { thrown: new HilError('AT_TIMEOUT', 'no answer') }],
    ['what was seen twice, and chance brought about', { thrown: failing({ proven: true }) }],
    ['a test of what the run had seen before it', { clauses: ['AT-ONE-FINAL'], hindsight: true }],
  ])('is not run again for %s', (_, own) => {
    expect(mayBeFlaky({ ...first, ...own })).toBe(false);
  });
});
