import { toNs } from '../base/clock.ts';
import { bootOf, type BootSeen, isBootText } from './boot-text.ts';

test.each([
  'F1: 0000 0000',
  'V0: 0000 0000 [0001]',
  '00: 0006 000C',
  'T0: 0000 001B',
  'Leaving the BROM',
  'RDY',
  'RbbRDY',
  '\0\xffF1: 0000 0000',
  '\0RDY',
])('%j is boot text', (line) => {
  expect(isBootText(line)).toBe(true);
});

test.each([
  'OK',
  '+CPIN: READY',
  'F1: 0000',
  'F1: 0000 0000 0000',
  'F1:0000 0000',
  '+QDMPCFGEX: 0,RDY',
  'APP RDY',
  'NOT AT ALL RDY',
  'rdy',
])('%j is none', (line) => {
  expect(isBootText(line)).toBe(false);
});

/** How many boots these lines are, `[ms, text]` or a text that comes with the one before. */
const boots = (...lines: (string | [ms: number, text: string])[]): number => {
  let seen: BootSeen | undefined;
  let at = 0n;
  let count = 0;
  for (const line of lines) {
    const data = typeof line === 'string' ? line : line[1];
    if (typeof line !== 'string') at = toNs(line[0]);
    const found = bootOf(seen, { data, startedAt: at, endedAt: at });
    if (found?.fresh) count++;
    seen = found?.boot ?? seen;
  }
  return count;
};

const rom = ['F1: 0000 0000', 'V0: 0000 0000 [0001]', '00: 0006 000C', 'Leaving the BROM'];

describe('one boot is', () => {
  test('the whole text, however late its RDY', () => expect(boots(...rom, [20_000, 'RDY'])).toBe(1));
  test('a text whose first lines were lost', () =>
    expect(boots('T0: 0000 00B4', 'Leaving the BROM')).toBe(1));
  test('a text with labels of another chip', () =>
    expect(boots('F1: 0000 0000', 'X9: 0000 0000', ...rom.slice(1))).toBe(1));
  test('RDY alone', () => expect(boots('RDY')).toBe(1));
});

describe('two boots are', () => {
  test('a loop that never gets beyond the ROM', () =>
    expect(boots('F1: 0000 0000', 'F1: 0000 0000')).toBe(2));
  test('a second text after the first', () => expect(boots(...rom, 'RDY', ...rom, 'RDY')).toBe(2));
  test('two RDYs', () => expect(boots('RDY', 'RDY')).toBe(2));
  test('an RDY later than any boot takes', () => expect(boots(...rom, [31_000, 'RDY'])).toBe(2));
  test('a foreign label after the farewell', () => expect(boots(...rom, 'X9: 0000 0000')).toBe(2));
});

test('a line that is no boot text belongs to no boot', () => {
  expect(bootOf(undefined, { data: 'OK', startedAt: 0n, endedAt: 0n })).toBeUndefined();
});
