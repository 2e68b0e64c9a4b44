import { printedMeaning, sourceOfCode } from './error-codes.ts';

describe('numeric error codes', () => {
  test.each([
    [0, '27.007 V13.5.0 §9.2'],
    [50, '27.007 V13.5.0 §9.2'],
    [180, '27.007 V13.5.0 §9.2'],
    [181, undefined],
    [255, undefined],
    [256, '27.007 V13.5.0 §9.2 (may list it)'],
    [299, '27.007 V13.5.0 §9.2 (may list it)'],
    [300, '27.005 §3.2.5'],
    [512, '27.005 §3.2.5'],
    [513, 'BC26 AT commands manual'],
    [799, 'BC26 AT commands manual'],
    [800, undefined],
    [-1, undefined],
    [50.5, undefined],
    [Number.NaN, undefined],
  ])('%d comes from %s', (code, source) => {
    expect(sourceOfCode(code)).toBe(source);
  });

  test('the printed tables know their own codes alone', () => {
    expect(printedMeaning(50)).toBe('incorrect parameters');
    expect(printedMeaning(304)).toBe('invalid PDU mode parameter');
    expect(printedMeaning(100)).toBeUndefined();
  });
});
