import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { NumericErrors } from './numeric-errors.ts';

function asking() {
  const clock = new ManualClock();
  const sent: string[] = [];
  const errors = new NumericErrors(clock, (line) => sent.push(line));
  const hear = (...lines: string[]): void => lines.forEach((line) => errors.heard(`${line}\r\n`));
  return { clock, sent, errors, hear };
}

describe('numeric errors', () => {
  test('are asked for until the module answers', () => {
    const { clock, sent, errors, hear } = asking();
    errors.begin();
    clock.advance(500);
    clock.advance(2_000);
    expect(sent).toEqual(['AT+CMEE=1', 'AT+CMEE=1', 'AT+CMEE=1']);
    hear('OK');
    clock.advance(60_000);
    expect(sent).toHaveLength(3);
  });

  test('are not asked for within what the module prints as it boots', () => {
    const { clock, sent, errors, hear } = asking();
    errors.begin();
    for (const line of ['Leaving the BROM', 'RDY', '+CFUN: 1', '+CPIN: READY']) {
      clock.advance(400);
      hear(line);
    }
    expect(sent).toEqual([]);
    clock.advance(500);
    expect(sent).toEqual(['AT+CMEE=1']);
  });

  test('wait for the answer to a line that was typed', () => {
    const { clock, sent, errors, hear } = asking();
    errors.begin();
    errors.typed();
    clock.advance(1_000);
    expect(sent).toEqual([]);
    hear('OK');
    clock.advance(500);
    expect(sent).toEqual(['AT+CMEE=1']);
  });

  test('are asked for again after a boot', () => {
    const { clock, sent, errors, hear } = asking();
    errors.begin();
    clock.advance(500);
    hear('OK', 'F1: 0000 0000', 'RDY');
    clock.advance(500);
    expect(sent).toEqual(['AT+CMEE=1', 'AT+CMEE=1']);
  });

  test('are given up where the module refuses them, or never answers', () => {
    const refusing = asking();
    refusing.errors.begin();
    refusing.clock.advance(500);
    refusing.hear('ERROR');
    refusing.clock.advance(10_000);
    expect(refusing.sent).toHaveLength(1);
    const silent = asking();
    silent.errors.begin();
    silent.clock.advance(600_000);
    expect(silent.sent).toHaveLength(30);
  });

  test('are not asked for once the console ends', () => {
    const { clock, sent, errors } = asking();
    errors.begin();
    errors.stop();
    clock.advance(60_000);
    expect(sent).toEqual([]);
  });
});
