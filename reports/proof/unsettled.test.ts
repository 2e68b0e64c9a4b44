import { proofCellOf, proofOf } from './proof.fixture.ts';
import { idleOf, settlingCommand, unsettledClauses } from './unsettled.ts';

const both = proofCellOf('both', { breaks: ['CFG-TEST', 'CFG-READ'] });
const unsettledBy = (...cells: Parameters<typeof proofOf>[0]) =>
  Object.fromEntries(unsettledClauses(proofOf(cells)));

test('a clause whose fault was caught by another one is not settled', () => {
  expect(unsettledBy(both)).toEqual({ 'CFG-READ': ['both'] });
  expect(unsettledBy(both, { ...both, name: 'too' })).toEqual({ 'CFG-READ': ['both', 'too'] });
});

test.each([
  ['one ran every test', { ...both, name: 'whole', everyTest: true }],
  ['one ran to its end', proofCellOf('lives', { breaks: ['CFG-READ'], failed: [], outcome: 'survived' })],
  ['one failed it', proofCellOf('reads', { breaks: ['EX-TEST'], failed: ['EX-TEST', 'CFG-READ'] })],
])('it is settled where %s', (_, other) => {
  expect(unsettledBy(both, other)).toEqual({});
});

test('what is idle is what no fault failed, less what is not settled', () => {
  expect(idleOf(proofOf([both], { idle: ['CFG-READ', 'EX-TEST'] }))).toEqual(['EX-TEST']);
  expect(idleOf(proofOf([both], { idle: null }))).toEqual([]);
});

test('the command that settles them asks for the same profile and seed', () => {
  expect(settlingCommand(['a', 'b', 'a'], { profile: 'release', seed: 7 })).toBe(
    'bc26-hil prove --fault a --fault b --every-test --seed 7 --profile release',
  );
});
