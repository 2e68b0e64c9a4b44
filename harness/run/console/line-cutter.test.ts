import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { LineCutter } from './line-cutter.ts';

describe('a received line', () => {
  function cutter() {
    const clock = new ManualClock();
    const shown: string[] = [];
    const lines = new LineCutter(clock, ({ bytes, at }) => {
      shown.push(`${at / 1_000_000n}: ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`);
    });
    const receive = (text: string): void => {
      lines.push({ bytes: Buffer.from(text, 'latin1'), at: clock.now() });
    };
    return { clock, shown, lines, receive };
  }

  test('is cut after each line feed, and has the time of its first byte', () => {
    const { clock, shown, receive } = cutter();
    clock.advance(10);
    receive('\r\nO');
    clock.advance(20);
    receive('K\r\n');
    expect(shown).toEqual(['10: "\\r\\n"', '10: "OK\\r\\n"']);
  });

  test('is shown without a line end, too, when nothing follows', () => {
    const { clock, shown, receive } = cutter();
    receive('> ');
    clock.advance(49);
    expect(shown).toEqual([]);
    clock.advance(1);
    expect(shown).toEqual(['0: "> "']);
  });

  test('is shown in pieces when no line end comes, and loses nothing', () => {
    const { shown, lines, receive } = cutter();
    receive('x'.repeat(600));
    expect(shown).toHaveLength(2);
    lines.flush();
    expect(shown.join('').replace(/[^x]/g, '')).toHaveLength(600);
  });
});
