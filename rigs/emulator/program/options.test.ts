import { parseOptions } from './options.ts';

const refusal = (...args: string[]): string => {
  try {
    parseOptions(args);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe("the program's arguments", () => {
  test('have defaults', () => {
    expect(parseOptions([])).toEqual({
      dir: undefined,
      faults: [],
      settings: [],
      seed: 1,
      networkClock: 1,
      nvram: undefined,
      baud: 115_200,
      print: false,
      check: false,
      list: undefined,
    });
  });

  test.each(['faults', 'settings'])('may ask for the list of %s', (what) => {
    expect(parseOptions([`--${what}`])).toMatchObject({ list: what });
    expect(parseOptions([`--${what}`, '--json'])).toMatchObject({ list: `${what}Json` });
  });

  test('may repeat faults and settings, whose values may hold an equals sign', () => {
    const args = ['--fault', 'a', '--set', 'x=1', '--fault', 'b', '--set', 'y=2=3'];
    expect(parseOptions(args)).toMatchObject({
      faults: ['a', 'b'],
      settings: [
        ['x', '1'],
        ['y', '2=3'],
      ],
    });
  });

  test.each([
    [['--seed', '-1']],
    [['--seed', '1.5']],
    [['--baud', '0']],
    [['--clock', 'fast']],
    [['--set', 'x']],
    [['--set', '=1']],
    [['--what']],
    [['stray']],
  ])('%j is refused in one line', (args) => {
    expect(refusal(...args)).toMatch(/^error: [^\n]+$/);
  });
});
