import { HilError } from '../../base/error.ts';
import { mayBeFlaky } from './second-attempt.ts';

const first = { clauses: ['CFG-SAVE-1'], thrown: new Error('not equal'), restarts: 0, hindsight: false };

describe('a failed test', () => {
  test('is run again where the module may behave otherwise then', () => {
    expect(mayBeFlaky(first)).toBe(true);
    expect(mayBeFlaky({ ...first, clauses: ['AT-ONE-FINAL'] })).toBe(true);
  });

  test.each([
    ['an unexpected restart', { restarts: 1 }],
    ['a limit that was passed', { clauses: ['CFG-TIME'] }],
    ['an answer that never came', { thrown: new HilError('AT_TIMEOUT', 'no answer') }],
    ['a test of what the run had seen before it', { clauses: ['AT-ONE-FINAL'], hindsight: true }],
  ])('is not run again for %s', (_, own) => {
    expect(mayBeFlaky({ ...first, ...own })).toBe(false);
  });
});
