import { broken, brokenBy } from './breaks.ts';
import { faults } from './registry.ts';

test('each fault breaks a clause', () => {
  expect(faults.filter(({ id }) => brokenBy(id).length === 0).map(({ id }) => id)).toEqual([]);
});

test('no clause is said to be broken by a fault that does not exist', () => {
  const known = new Set(faults.map(({ id }) => id));
  expect(broken.flatMap(([, ids]) => ids.split(' ')).filter((id) => !known.has(id))).toEqual([]);
});

test('a fault may break several clauses', () => {
  expect(brokenBy('semicolon-splits')).toEqual(['EX-READ-0', 'EX-CHARS']);
});
