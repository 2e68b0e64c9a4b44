import { globPattern } from './glob.ts';

test.each([
  ['CFG-*', 'CFG-READ-0', true],
  ['cfg-read', 'CFG-READ', true],
  ['CFG-READ', 'CFG-READ-0', false],
  ['*-TIME', 'EX-TIME', true],
  ['a.c', 'abc', false],
])('%s and %s: %s', (glob, name, matches) => {
  expect(globPattern(glob).test(name)).toBe(matches);
});
