import { duration } from './option-parsers.ts';

describe('a time on the command line', () => {
  test.each([
    ['1s', 1_000],
    ['90s', 90_000],
    ['15m', 900_000],
    ['168h', 604_800_000],
  ])('%s', (text, ms) => expect(duration(text)).toBe(ms));

  // A number without its unit could be meant as any of them.
  test.each(['', '90', '0s', '169h', '1.5h', '-1s', '1h30m', '1d', 'h'])("'%s' is none", (text) =>
    expect(() => duration(text)).toThrow('It must be a time from 1s to 168h'),
  );
});
