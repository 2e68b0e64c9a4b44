import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { PipedLines } from './piped-lines.ts';

function piped() {
  const clock = new ManualClock();
  const sent: string[] = [];
  const messages: string[] = [];
  const lines = new PipedLines({
    clock,
    send: (line) => sent.push(line),
    inform: (text) => messages.push(text),
  });
  /** Lets promises settle: only the clock and received lines are waited for. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  const hear = async (...texts: string[]): Promise<void> => {
    texts.forEach((text) => lines.onLine(text));
    await settle();
  };
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settle();
  };
  return { lines, sent, messages, hear, pass, settle };
}

describe('the lines of a pipe', () => {
  test('go out one by one, each after the final result of the one before', async () => {
    const { lines, sent, hear } = piped();
    lines.push('AT');
    lines.push('AT+QDMPCFG?');
    lines.push('ATI');
    expect(sent).toEqual(['AT']);
    await hear('AT\r\r\n', '\r\n');
    expect(sent).toEqual(['AT']);
    await hear('OK\r\n');
    expect(sent).toEqual(['AT', 'AT+QDMPCFG?']);
    await hear('+QDMPCFG: 0,1\r\n', '+CME ERROR: 50\r\n');
    expect(sent).toEqual(['AT', 'AT+QDMPCFG?', 'ATI']);
    await hear('OK\r\n');
    await expect(lines.drained()).resolves.toBeUndefined();
  });

  test('do not wait for ever, nor for an answer to an empty line', async () => {
    const { lines, sent, messages, pass } = piped();
    lines.push('AT');
    lines.push('');
    lines.push('ATI');
    await pass(4_999);
    expect(sent).toEqual(['AT']);
    await pass(1);
    expect(messages).toEqual(['no final result within 5 s']);
    expect(sent).toEqual(['AT', '', 'ATI']);
  });

  test('wait until a module that boots answers AT, and for what it still answers', async () => {
    const { lines, sent, hear, pass } = piped();
    lines.waitForModule();
    lines.push('ATI');
    expect(sent).toEqual(['AT']);
    await pass(1_000);
    expect(sent).toEqual(['AT', 'AT']);
    await hear('OK\r\n');
    await pass(400);
    await hear('OK\r\n');
    await pass(499);
    expect(sent).toEqual(['AT', 'AT']);
    await pass(1);
    expect(sent).toEqual(['AT', 'AT', 'ATI']);
  });

  test('are sent all the same to a module that never answers', async () => {
    const { lines, sent, messages, pass } = piped();
    lines.waitForModule();
    lines.push('ATI');
    for (let second = 0; second < 30; second++) await pass(1_000);
    expect(messages).toEqual(['AT was not answered within 30 s']);
    expect(sent.at(-1)).toBe('ATI');
  });

  test('are given up at once when the console ends', async () => {
    const { lines, sent } = piped();
    lines.push('AT');
    lines.push('ATI');
    const drained = lines.drained();
    lines.stop();
    await expect(drained).resolves.toBeUndefined();
    expect(sent).toEqual(['AT']);
  });
});
