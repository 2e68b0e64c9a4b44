import { keyShownIn } from './key-shown.ts';

const key = 'Qa1xTrueKey7';

describe('what a text shows of a private key', () => {
  test.each([
    ['+QDMPCFG: 2,M1,Qa1xT*******,1,8637', 'Qa1xT'],
    ['+QDMPCFG: 2,M1,*******eKey7,1,8637', 'eKey7'],
    ['+QDMPCFG: 2,M1,Qa1xTrueKey7,1,8637', 'Qa1xT'],
    ['no credentials at all: TrueK', 'TrueK'],
  ])('%s: five characters that follow one another', (text, shown) => {
    expect(keyShownIn(text, key)).toBe(shown);
  });

  test.each([
    'Qa1x********',
    'Qa1x****',
    'Qa1x*',
    'Qa1x',
    '********',
    '****',
    '',
    '"Qa1x****"',
    '95Go****', // another key is in use
  ])('%s: no more than it may', (field) => {
    expect(keyShownIn(`+QDMPCFG: 2,M1,${field},1,8637`, key)).toBeUndefined();
    expect(keyShownIn(`2,M1, ${field},1,8637`, key)).toBeUndefined();
  });

  test.each(['Qa1x****Key7', 'Qa1xKey7', 'Qa1x*******7', '********Key7', 'Qa1x**u*****', '"Qa1x****Key7"'])(
    '%s: characters behind the first four, in their places',
    (field) => {
      const shown = field.replaceAll('"', '');
      expect(keyShownIn(`+QDMPCFG: 2,M1,${field},1,8637`, key)).toBe(shown);
      expect(keyShownIn(`2,M1, ${field},1,8637`, key)).toBe(shown);
      const lines = [
        '',
        '+QDMPCFG: 0,1',
        '+QDMPCFG: 1,192.0.2.7,5683,420',
        `+QDMPCFG: 2,M1,${field},1,8637`,
        '',
      ];
      expect(keyShownIn(lines.join('\r\n'), key)).toBe(shown);
    },
  );

  test('a key of four characters shows no more than it may', () => {
    expect(keyShownIn('+QDMPCFG: 2,M1,AbCd,1,8637', 'AbCd')).toBeUndefined();
  });
});
