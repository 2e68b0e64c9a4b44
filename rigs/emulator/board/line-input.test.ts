import { type InputLine, LineInput } from './line-input.ts';

function type(text: string, limit = 1400): { lines: InputLine[]; echo: string } {
  const input = new LineInput(() => limit);
  const steps = [...Buffer.from(text, 'latin1')].map((byte) => input.byte(byte));
  return {
    lines: steps.flatMap(({ line }) => (line ? [line] : [])),
    echo: Buffer.from(steps.flatMap(({ echo }) => echo)).toString('latin1'),
  };
}

const texts = (typed: string): string[] => type(typed).lines.map(({ text }) => text);

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

  test('cuts an overlong line and marks it', () => {
    expect(type(`AT${'x'.repeat(9)}\rAT\r`, 10).lines).toEqual([
      { text: 'ATxxxxxxxx', overlong: true },
      { text: 'AT', overlong: false },
    ]);
    expect(type(`AT${'x'.repeat(8)}\r`, 10).lines).toMatchObject([{ overlong: false }]);
  });
});
