import { parseAnswer, parseReadAnswer } from './answer-text.ts';

describe('an answer on the command line', () => {
  test.each([
    ['normal', { how: 'piggybacked' }, 0],
    ['4.03', { how: 'piggybacked', code: '4.03' }, 0],
    ['silence*2', { how: 'silence' }, 2],
    ['empty-ack+delay=10', { how: 'empty-ack', delayMs: 10 }, 0],
    ['reset', { how: 'reset' }, 0],
    ['wrong-token+twice', { how: 'piggybacked', token: 'wrong', copies: 2 }, 0],
    ['separate+5.03+delay=500*1', { how: 'separate', code: '5.03', delayMs: 500 }, 1],
  ])('%s', (text, answer, times) => {
    expect(parseAnswer(text)).toEqual({ answer, times });
  });

  test.each([
    '',
    'quiet',
    '4.3',
    '9.00',
    'silence+4.03',
    'reset+twice',
    'separate+twice',
    'silence*0',
    'delay=x',
  ])('%j is refused', (text) => {
    expect(() => parseAnswer(text)).toThrow(expect.objectContaining({ code: 'USAGE' }) as Error);
  });
});

describe('an answer to a separate response to a read, on the command line', () => {
  test.each([
    ['normal', { how: 'acknowledge' }, 0],
    ['silence*3', { how: 'silence' }, 3],
    ['reset', { how: 'reset' }, 0],
    ['twice', { how: 'acknowledge', copies: 2 }, 0],
    ['delay=500+twice', { how: 'acknowledge', delayMs: 500, copies: 2 }, 0],
  ])('%s', (text, answer, times) => {
    expect(parseReadAnswer(text)).toEqual({ answer, times });
  });

  test.each([
    '',
    '4.03',
    'separate',
    'empty-ack',
    'wrong-token',
    'silence+twice',
    'reset+delay=5',
    'normal*0',
  ])('%j is refused: an ACK has neither code nor token', (text) => {
    expect(() => parseReadAnswer(text)).toThrow(expect.objectContaining({ code: 'USAGE' }) as Error);
  });
});

test('a wrong answer is shown escaped and cut', () => {
  const wrong = `\x1b[2J${'x'.repeat(10_000)}`;
  expect(() => parseAnswer(wrong)).toThrow(/^"\\x1b\[2Jx{55}…" is not an answer of the platform$/);
});
