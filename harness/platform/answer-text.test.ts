import { parseAnswer } from './answer-text.ts';

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
  ])('%j is none', (text) => {
    expect(() => parseAnswer(text)).toThrow(expect.objectContaining({ code: 'USAGE' }) as Error);
  });
});
