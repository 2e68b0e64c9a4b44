import * as encode from './encode.ts';
import { maskPrivateKey } from './mask.ts';

describe('command texts', () => {
  test('are those of the note’s examples', () => {
    expect(encode.saveMode({ dmmode: 0 })).toBe('AT+QDMPCFG=0,0');
    expect(encode.saveServer({ serverIP: '117.161.2.7', serverPort: 5683, updatePeriod: 420 })).toBe(
      'AT+QDMPCFG=1,117.161.2.7,5683,420',
    );
    expect(
      encode.saveCredentials({
        appKey: 'M100000089',
        password: '95Go****',
        tmlType: 1,
        tmlImei: '863703030822519',
      }),
    ).toBe('AT+QDMPCFG=2,"M100000089","95Go****",1,863703030822519');
    expect(encode.saveExtended(3, ['BC26NBR01A07', 'Quectel'])).toBe(
      'AT+QDMPCFGEX=3,0,"BC26NBR01A07","Quectel"',
    );
  });

  test('take raw parameters as they are, for what no record may hold', () => {
    expect(encode.accessWrite(1, '1.2.3', '', '0x10')).toBe('AT+QDMPCFG=1,1.2.3,,0x10');
    expect(encode.extendedWrite(1, 0, 'unquoted')).toBe('AT+QDMPCFGEX=1,0,unquoted');
    expect(encode.accessWrite(6)).toBe('AT+QDMPCFG=6');
  });

  test.each(['a"b', 'a\rb', 'a\nb', 'a\bb', 'ā'])('refuse to quote %j', (value) => {
    expect(() => encode.quote(value)).toThrow(expect.objectContaining({ code: 'USAGE' }) as Error);
  });

  test('quote every other byte, and UTF-8 as its bytes', () => {
    expect(encode.quote('a,b;c|d -.\xff')).toBe('"a,b;c|d -.\xff"');
    expect(encode.utf8('é')).toBe('\xc3\xa9');
  });
});

describe('a command in a message', () => {
  test.each([
    ['AT+QDMPCFG=2,"M1","95GoSecret",1,863703030822519', 'AT+QDMPCFG=2,"M1","95Go****",1,863703030822519'],
    ['at+qdmpcfg=2,"a,b","sec,ret",0,1', 'at+qdmpcfg=2,"a,b","sec,****",0,1'],
    ['AT+QDMPCFG=2,M1,95GoSecret,1,1', 'AT+QDMPCFG=2,M1,95Go****,1,1'],
    ['AT+QDMPCFG=2,"M1","95GoSecret', 'AT+QDMPCFG=2,"M1","95Go****'],
    ['AT+QDMPCFG=2,"M1","",1,1', 'AT+QDMPCFG=2,"M1","",1,1'],
    ['AT+QDMPCFG= 02 ,"M1", "95GoSecret",1,1', 'AT+QDMPCFG= 02 ,"M1", "95Go****",1,1'],
    ['AT+QDMPCFG=5,2;+QDMPCFG=2,"M1","95GoSecret",1,1', 'AT+QDMPCFG=5,2;+QDMPCFG=2,"M1","95Go****",1,1'],
    ['AT\rAT+QDMPCFG=2,"M1","95GoSecret"\rAT', 'AT\rAT+QDMPCFG=2,"M1","95Go****"\rAT'],
    ['AT+QDMPCFGEX=2,0,"rom01","ram01","c","d"', 'AT+QDMPCFGEX=2,0,"rom01","ram01","c","d"'],
    ['AT+QDMPCFG=1,117.161.2.7,5683,420', 'AT+QDMPCFG=1,117.161.2.7,5683,420'],
  ])('masks the private key: %s', (command, shown) => {
    expect(maskPrivateKey(command)).toBe(shown);
  });
});
