import { answerText } from './answer-text.ts';

describe('the bytes of an answer', () => {
  test('frame the lines of one command as one block', () => {
    expect(answerText([['+QDMPCFG: 0,1', '+QDMPCFG: 1,192.0.2.1,5683,86400']], 'OK', 1)).toBe(
      '\r\n+QDMPCFG: 0,1\r\n+QDMPCFG: 1,192.0.2.1,5683,86400\r\n\r\nOK\r\n',
    );
  });

  test('frame each command of a line by itself, with one final result', () => {
    expect(answerText([['+CSQ: 20,0'], [], ['+CFUN: 1']], 'OK', 0)).toBe(
      '\r\n+CSQ: 20,0\r\n\r\n+CFUN: 1\r\n\r\nOK\r\n',
    );
  });

  test.each([
    [0, '\r\nERROR\r\n'],
    [1, '\r\n+CME ERROR: 50\r\n'],
    [2, '\r\n+CME ERROR: incorrect parameters\r\n'],
  ])('show an error in the format of AT+CMEE=%i', (errorFormat, text) => {
    expect(answerText([], { error: 50 }, errorFormat)).toBe(text);
  });

  test('show an error without a code as ERROR, and one without a text as unknown', () => {
    expect(answerText([], { error: undefined }, 2)).toBe('\r\nERROR\r\n');
    expect(answerText([], { error: 765 }, 2)).toBe('\r\n+CME ERROR: unknown\r\n');
  });

  test.each([
    ['before-final', '\r\n+CSQ: 20,0\r\n\r\n\r\nOK\r\n'],
    ['around', '\r\n\r\n+CSQ: 20,0\r\n\r\nOK\r\n\r\n'],
  ] as const)('have more empty lines where the setting emptyLines is %s', (emptyLines, text) => {
    expect(answerText([['+CSQ: 20,0']], 'OK', 0, emptyLines)).toBe(text);
  });

  test('are none if a command answers nothing', () => {
    expect(answerText([[]], 'none', 1)).toBe('');
  });
});
