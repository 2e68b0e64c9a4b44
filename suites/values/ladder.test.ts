import { beyondMembers, numberForms, numberLadder, rungsOf } from './ladder.ts';
import { findLongestAccepted } from './longest-accepted.ts';

const texts = (range: { min: number; max: number }, ...kinds: Parameters<typeof rungsOf>[1][]) =>
  rungsOf(numberLadder(range), ...kinds).map(({ text }) => text);

describe('the ladder of a number', () => {
  const period = { min: 300, max: 4_294_966 };

  test('climbs both sides of both ends, the ends first', () => {
    expect(texts(period, 'inside').slice(0, 4)).toEqual(['300', '4294966', '301', '4294965']);
    expect(texts(period, 'outside').slice(0, 3)).toEqual(['299', '4294967', '0']);
  });

  test('has what wraps into the range in 32 bits, and what turns negative in 31', () => {
    expect(texts(period, 'outside')).toEqual(expect.arrayContaining(['4294967596', '2147483648']));
  });

  test('puts a power of two inside or outside, as the range says', () => {
    expect(texts({ min: 1, max: 65_535 }, 'inside')).toContain('256');
    expect(texts({ min: 1, max: 65_535 }, 'outside')).toEqual(expect.arrayContaining(['65536', '65537']));
  });

  test('has no unsigned whole number among the negative, decimal and text boundaryValues', () => {
    for (const text of texts(period, 'negative', 'decimal', 'text')) expect(text).not.toMatch(/^\d+$/);
  });

  test('has no text and no name twice, even in a range of two', () => {
    const all = numberLadder({ min: 0, max: 1 });
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(texts({ min: 0, max: 1 }, 'inside')).toEqual(['0', '1']);
  });
});

test('values beyond a set of numbers are never between them', () => {
  const texts = beyondMembers([0, 1, 2, 4]).map(({ text }) => text);
  expect(texts).toEqual(expect.arrayContaining(['5', '-1', 'abc']));
  expect(texts).not.toContain('3');
});

test('every other spelling of a number holds that number or nothing', () => {
  expect(numberForms(420).map(({ text }) => text.replace(/[^1-9]*(42)0?[^1-9]*|^ $/, '$1'))).toEqual([
    '42',
    '42',
    '42',
    '42',
    '42',
    '',
  ]);
});

describe('the search for the longest length', () => {
  const upTo = (longest: number, tried: number[]) => (length: number) => {
    tried.push(length);
    return Promise.resolve(length <= longest);
  };

  test.each([0, 1, 32, 64, 127, 128, 511])('finds %i of 512 in ten steps', async (longest) => {
    const tried: number[] = [];
    expect(await findLongestAccepted(512, upTo(longest, tried))).toBe(
      longest === 0 ? 'none' : String(longest),
    );
    expect(tried.length).toBeLessThanOrEqual(10);
  });

  test('stops after one try if the limit itself is accepted', async () => {
    const tried: number[] = [];
    expect(await findLongestAccepted(512, upTo(600, tried))).toBe('512 or more');
    expect(tried).toEqual([512]);
  });
});
