import { fitted, folded, oneColumnEach } from './fit.ts';

test.each([
  ['bench-1 › soft reset', 'bench-1 › soft reset'],
  ['a\u001b[2Jb\nc', 'a\\x1b[2Jb\\u{a}c'],
  ['東京', '\\u{6771}\\u{4eac}'],
  ['e\u0301', 'e\\u{301}'],
  ['x\u200by', 'x\\u{200b}y'],
  ['🔥', '\\u{1f525}'],
])('%j takes one column for each character as %j', (text, shown) => {
  expect(oneColumnEach(text)).toBe(shown);
});

test('a line that is too long for the terminal is cut', () => {
  expect(fitted('12345', 5)).toBe('12345');
  expect(fitted('123456', 5)).toBe('1234…');
});

describe('a line that stays', () => {
  test('is broken at blanks, and its other rows are indented', () => {
    expect(folded('  fail  one of the tests: expected 1', 20, 6)).toEqual([
      '  fail  one of the',
      '      tests:',
      '      expected 1',
    ]);
  });

  test('is broken where it has no blank, and keeps its own line breaks', () => {
    expect(folded('abcdefgh\nij', 5, 6)).toEqual(['abcde', 'fgh', 'ij']);
  });

  test('stays whole where no width is known', () => {
    const long = 'x '.repeat(500);
    expect(folded(long, Number.POSITIVE_INFINITY, 6)).toEqual([long]);
  });
});
