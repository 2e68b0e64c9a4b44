import { describeNearest } from './nearest.ts';

const known = ['wedges', 'wedges-past-reset', 'updates-late', 'state-4-never', 'state-9-never'];

test.each([
  ['wdges', '; near it: wedges'],
  ['wedges-reset', '; near it: wedges-past-reset, wedges'],
  ['state-never', '; near it: state-4-never, state-9-never'],
  ['UPDATES-LATE', '; near it: updates-late'],
])('%s has its nearest names', (typed, expected) => {
  expect(describeNearest(typed, known)).toBe(expected);
});

test('a name like none has no hint; of many, the nearest are named', () => {
  expect(describeNearest('zzz', known)).toBe('');
  expect(describeNearest('', known)).toBe('');
  const many = Array.from({ length: 50 }, (_, number) => `fault-${number}`);
  expect(describeNearest('fault-1', many)).toMatch(/^; near it: fault-1, [^,]+, [^,]+$/);
});
