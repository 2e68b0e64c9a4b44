import { mistakesOf, rigText } from './rig-file.fixture.ts';

/** What a file says that is nested so deeply. */
const nested = (open: string, close: string): string => `x: ${open.repeat(3_000)}${close.repeat(3_000)}\n`;

test.each([
  ['lists', nested('[', ']')],
  ['maps', nested('{ a: ', '}')],
  ['lists of lines', `${'- '.repeat(3_000)}x\n`],
])('%s nested without end are one mistake', (_, source) => {
  expect(mistakesOf(source)).toEqual([expect.stringMatching(/^1:\d+: nested more than 200 deep$/)]);
  expect(mistakesOf(`# first\n${source}`)).toEqual([expect.stringMatching(/^2:\d+: nested/)]);
});

test('of a great many mistakes the first are shown, soon', () => {
  const unknown = Array.from({ length: 20_000 }, (_, n) => `k${n}: 1\n`).join('');
  const mistakes = mistakesOf(rigText + unknown);
  expect(mistakes).toHaveLength(21);
  expect(mistakes[0]).toMatch(/^10:1: k0: unknown key; known here: /);
  expect(mistakes.at(-1)).toBe('… and 19980 more');
});

test('so are syntax errors', () => {
  const mistakes = mistakesOf(rigText + 'a: b: c\n'.repeat(100));
  expect(mistakes).toHaveLength(21);
  expect(mistakes.at(-1)).toMatch(/^… and \d+ more$/);
});

test('a key given twice is a mistake, in any map', () => {
  expect(mistakesOf(`${rigText}name: again\n`)).toEqual(['10:1: Map keys must be unique']);
  expect(mistakesOf(`${rigText}  imei: again\n`)).toEqual(['10:3: Map keys must be unique']);
});
