import { describeNearest } from './nearest.ts';

const known = ['wedges', 'wedges-past-reset', 'updates-late', 'state-4-never', 'state-9-never'];

test.each([
  ['wdges', ' (did you mean wedges?)'],
  ['wedges-reset', ' (did you mean wedges-past-reset or wedges?)'],
  ['state-never', ' (did you mean state-4-never or state-9-never?)'],
  ['UPDATES-LATE', ' (did you mean updates-late?)'],
])('%s has its nearest names', (typed, expected) => {
  expect(describeNearest(typed, known)).toBe(expected);
});

test('a name like none has no hint; of many, the nearest are named', () => {
  expect(describeNearest('zzz', known)).toBe('');
  expect(describeNearest('', known)).toBe('');
  const many = Array.from({ length: 50 }, (_, number) => `fault-${number}`);
  expect(describeNearest('fault-1', many)).toMatch(/^ \(did you mean fault-1 or \S+ or \S+\?\)$/);
});
