import { showsFields, splitFields } from './answer.ts';

describe('splitting a text', () => {
  test('gives the last field all that is left', () => {
    expect(splitFields('5,31.84,117.20,OTDOA', 2)).toEqual({
      fields: ['5', '31.84,117.20,OTDOA'],
      blanks: 0,
    });
  });

  test('leaves out blanks after the commas that separate, and counts them', () => {
    expect(splitFields('2,M100000089, 95Go****,1,  863703030822519', 5)).toEqual({
      fields: ['2', 'M100000089', '95Go****', '1', '863703030822519'],
      blanks: 3,
    });
    expect(splitFields('0,a; b, c', 2)).toEqual({ fields: ['0', 'a; b, c'], blanks: 0 });
  });

  test('leaves out quotes around a field, which mean nothing', () => {
    expect(splitFields('1,"192.0.2.7", 5683,"420"', 4).fields).toEqual(['1', '192.0.2.7', '5683', '420']);
    expect(splitFields('1,"","', 3).fields).toEqual(['1', '', '"']);
  });

  test('gives fewer fields where there are fewer', () => {
    expect(splitFields('1,a', 4).fields).toEqual(['1', 'a']);
  });
});

describe('comparing a text with fields', () => {
  test.each([
    ['4,off,NB-IoT', ['4', 'off', 'NB-IoT'], true],
    ['4, off,  NB-IoT', ['4', 'off', 'NB-IoT'], true],
    ['2,a,b,c,d,e', ['2', 'a,b', 'c,d', 'e'], true],
    ['1, x', ['1', ' x'], true],
    ['1,  x', ['1', ' x'], false],
    ['4,\toff', ['4', 'off'], false],
    ['4,\u00a0off', ['4', 'off'], false],
    ['4,off,\tNB', ['4', 'off', 'NB'], false],
    ['4, \toff', ['4', '\toff'], true],
    ['1,x ', ['1', 'x'], false],
    ['1,x,', ['1', 'x'], false],
    ['1,x', ['1', 'x', ''], false],
    ['1,x,', ['1', 'x', ''], true],
    [' 1,x', ['1', 'x'], false],
    ['1,X', ['1', 'x'], false],
    ['1, "x","y"', ['1', 'x', 'y'], true],
    ['1,"a,b","c"', ['1', 'a,b', 'c'], true],
    ['1,"",x', ['1', '', 'x'], true],
    ['1,"x', ['1', 'x'], false],
    ['1,x"', ['1', 'x'], false],
    ['1,""', ['1', 'x'], false],
  ])('%j against %j: %p', (text, fields, same) => {
    expect(showsFields(text, fields)).toBe(same);
  });
});
