import { keyShownIn } from './key-shown.ts';

describe('what a text shows of a private key', () => {
  test.each([
    ['+QDMPCFG: 2,M1,Qa1x********,1,8637', undefined],
    ['+QDMPCFG: 2,M1,Qa1xT*******,1,8637', 'Qa1xT'],
    ['+QDMPCFG: 2,M1,********Key7,1,8637', undefined],
    ['+QDMPCFG: 2,M1,*******eKey7,1,8637', 'eKey7'],
    ['+QDMPCFG: 2,M1,Qa1xTrueKey7,1,8637', 'Qa1xT'],
  ])('%s', (text, shown) => {
    expect(keyShownIn(text, 'Qa1xTrueKey7')).toBe(shown);
  });

  test('a key of four characters shows no more than it may', () => {
    expect(keyShownIn('+QDMPCFG: 2,M1,AbCd,1,8637', 'AbCd')).toBeUndefined();
  });
});
