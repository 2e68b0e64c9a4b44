import { defaultSettings } from '../settings/settings.ts';
import { type InputLine, LineInput, type LineRules } from './line-input.ts';

function type(text: string, rules: Partial<LineRules> = {}): { lines: InputLine[]; echo: string } {
  const input = new LineInput(() => ({ ...defaultSettings, ...rules }));
  const steps = [...Buffer.from(text, 'latin1')].map((byte) => input.byte(byte));
  return {
    lines: steps.flatMap(({ line }) => (line ? [line] : [])),
    echo: Buffer.from(steps.flatMap(({ echo }) => echo)).toString('latin1'),
  };
}

const texts = (typed: string, rules: Partial<LineRules> = {}): string[] =>
  type(typed, rules).lines.map(({ text }) => text);

describe('line input', () => {
  test('ends lines at CR and ignores LF', () => {
    expect(texts('AT\rATI\r\n\nATE0\r')).toEqual(['AT', 'ATI', 'ATE0']);
    expect(texts('AT\n')).toEqual([]);
  });

  test('echoes all but LF', () => {
    expect(type('AT\r\n').echo).toBe('AT\r');
  });

  test('drops an unfinished line at ESC', () => {
    expect(texts('AT+QDMP\x1bAT\r')).toEqual(['AT']);
    expect(type('AT\x1b').echo).toBe('AT');
  });

  test('removes a byte at backspace, and none from an empty line', () => {
    expect(texts('\bAX\bT\r')).toEqual(['AT']);
    expect(type('\bA\b').echo).toBe('A\b \b');
  });

  test.each<[Partial<LineRules>, string, string]>([
    [{}, 'A\0T\x7f\xc1', 'A\0T\x7f\xc1'],
    [{ nulByte: 'dropped' }, 'A\0T\x7f', 'AT\x7f'],
    [{ delByte: 'dropped' }, 'A\0T\x7f', 'A\0T'],
    [{ delByte: 'backspace' }, 'AB\x7fT', 'AT'],
    [{ eighthBit: 'stripped' }, 'A\xd4\x80', 'AT\0'],
    [{ eighthBit: 'stripped', nulByte: 'dropped', delByte: 'backspace' }, 'A\x80X\xffT', 'AT'],
  ])('takes bytes that are no text by its settings %j', (rules, typed, taken) => {
    expect(texts(`${typed}\r`, rules)).toEqual([taken]);
  });

  test('cuts an overlong line and marks it', () => {
    expect(type(`AT${'x'.repeat(9)}\rAT\r`, { lineLimit: 10 }).lines).toEqual([
      { text: 'ATxxxxxxxx', overlong: true },
      { text: 'AT', overlong: false },
    ]);
    expect(type(`AT${'x'.repeat(8)}\r`, { lineLimit: 10 }).lines).toMatchObject([{ overlong: false }]);
  });
});
