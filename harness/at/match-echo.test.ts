import { matchEcho } from './match-echo.ts';

const whole = { is: 'echo', rest: '' };
const none = { is: 'none' };

test('an echo may come in parts, and with the answer glued to it', () => {
  expect(matchEcho('AT+QD', 'AT+QDMPCFG?')).toEqual({ is: 'echo', rest: 'MPCFG?' });
  expect(matchEcho('AT+QDMPCFG?OK', 'AT+QDMPCFG?')).toEqual({ is: 'glued', line: 'OK' });
  expect(matchEcho('OK', 'AT+QDMPCFG?')).toEqual(none);
});

test.each([
  ['the 8th bit stripped', 'AT+X="M1C)00"', 'AT+X="M1\xc3\xa900"'],
  ['NUL dropped', 'AT+X=5,2', 'AT+X=5,2\x00'],
  ['DEL dropped', 'AT+X=5,2', 'AT+X=5,\x7f2'],
  ['DEL taken for backspace', 'AT+X=5,\x08 \x082', 'AT+X=5,\x7f2'],
  ['the 8th bit stripped, and then DEL taken for backspace', 'AT+X="A29\x08 \x08"', 'AT+X="A29\xff"'],
  ['DEL kept, the 8th bit stripped', 'AT+X="A29\x7f"', 'AT+X="A29\xff"'],
])('an echo is known with %s', (_, line, command) => {
  expect(matchEcho(line, command)).toEqual(whole);
});

test.each([
  ['the 8th bit stripped', 'AT+X="C)M1', 'AT+X="\xc3\xa9M100"'],
  ['NUL dropped', 'AT+X="M1', 'AT+X="\0M100"'],
])('it may come in parts with %s, too', (_, line, command) => {
  expect(matchEcho(line, command)).toEqual({ is: 'echo', rest: '00"' });
});

test('another line is no echo of a command with such bytes, nor is a changed one of a command without', () => {
  expect(matchEcho('+QDMPCFG: 0,1', 'AT+QDMPCFG=4,0\x00')).toEqual(none);
  expect(matchEcho('AT+X=5,3', 'AT+X=5,2')).toEqual(none);
});
