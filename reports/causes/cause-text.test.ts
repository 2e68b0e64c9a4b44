import { causeInBrief, causeSentence } from './cause-text.ts';
import type { Cause } from './find-causes.ts';

const cause: Cause = {
  kind: 'refuses',
  subject: 'an IMEI of 15 bytes',
  clauses: ['CFG-IMEI-LENGTH', 'CFG-SAVE-2'],
  tests: Array.from({ length: 28 }, (_, nth) => `test ${nth}`),
  of: 31,
  against: 0,
  first: { test: '20-access-records.suite.ts › saves', line: 127 },
  commands: ['AT+QDMPCFG=2,"M1","it\'s",1,863703030822519'],
};

test('a cause is one sentence: what, how much it explains, where it was seen first, how to see it', () => {
  expect(causeSentence(cause, '--rig bench-1')).toBe(
    'refuses an IMEI of 15 bytes (CFG-IMEI-LENGTH, CFG-SAVE-2): explains 28 of 31 failed tests; ' +
      'first seen at line 127 of the trace (20-access-records.suite.ts › saves); ' +
      `to see it: bc26-hil at --rig bench-1 'AT+QDMPCFG=2,"M1","it'\\''s",1,863703030822519'`,
  );
});

test('what speaks against it is said, and no command that cannot be typed', () => {
  const unsure = { ...cause, against: 1, of: 1, tests: ['a'], commands: ['AT+QDMPCFG=\\x00'] };
  expect(causeSentence(unsure, '--rig bench-1')).toMatch(
    /: explains 1 of 1 failed test, and 1 test did the same without harm; first seen [^;]*$/,
  );
});

test.each<[Pick<Cause, 'kind' | 'subject' | 'clauses'>, string]>([
  [
    { kind: 'breaks', subject: 'CFG-PERSIST', clauses: ['CFG-PERSIST', 'CFG-APPLY'] },
    'breaks CFG-PERSIST (CFG-APPLY)',
  ],
  [
    { kind: 'shows wrongly', subject: 'QDMPCFG 1 saved', clauses: ['CFG-QUERY-1'] },
    'not as expected: QDMPCFG 1 saved (CFG-QUERY-1)',
  ],
  [
    { kind: 'shows wrongly', subject: 'UNEXPECTED_RESET', clauses: ['BOOT-ALIVE'] },
    'ends tests by UNEXPECTED_RESET (BOOT-ALIVE)',
  ],
  [{ kind: 'accepts', subject: 'access mode 2', clauses: [] }, 'accepts access mode 2'],
])('%j in brief', (named, text) => {
  expect(causeInBrief(named)).toBe(text);
});
