import { Pending } from './pending.ts';
import { scriptOf } from './script.ts';

const state = 'AT+QDMPCFG=6\r';
const zero = '\r\n+QDMPCFG: 6,0\r\n\r\nOK\r\n';
const four = '\r\n+QDMPCFG: 6,4\r\n\r\nOK\r\n';

/** A trace of commands with their answers, 10 ms apart. */
function traceOf(...parts: (readonly [command: string, answer: string])[]): Pending {
  const lines = parts.flatMap(([command, answer], index) => [
    { n: 2 * index + 1, at: BigInt(index) * 10_000_000n, source: 'uart.tx', data: command },
    { n: 2 * index + 2, at: BigInt(index) * 10_000_000n + 4_000_000n, source: 'uart.rx', data: answer },
  ]);
  return new Pending(scriptOf(lines, 115_200));
}

/** Sends a command, and takes what comes to it. */
function ask(pending: Pending, command: string): unknown {
  const taken = pending.take('uart', command);
  if (taken.is === 'asked-again') return taken.answer.map(({ line }) => line);
  if (taken.is !== 'next') return taken;
  const lines: number[] = [];
  for (let next = pending.nextPlayed; next; next = pending.nextPlayed) {
    lines.push(next.line);
    pending.played();
  }
  return lines;
}

test('a poll more than in the trace gets the answer that was true then', () => {
  const pending = traceOf([state, zero], [state, four], ['AT\r', '\r\nOK\r\n']);
  expect(ask(pending, state)).toEqual([2]);
  expect(ask(pending, state)).toEqual([4]);
  expect(ask(pending, state)).toEqual([4]);
  expect(ask(pending, 'AT\r')).toEqual([6]);
});

test('a poll less than in the trace is left out with its answer, if that was the same', () => {
  const pending = traceOf([state, zero], [state, zero], [state, zero], ['AT\r', '\r\nOK\r\n']);
  expect(ask(pending, state)).toEqual([2]);
  expect(ask(pending, 'AT\r')).toEqual([8]);
});

test.each([
  ['had another answer', [state, four]],
  ['was followed by another command', [state, zero]],
] as const)('a poll that %s is not left out', (_, second) => {
  const pending = traceOf([state, zero], second, ['ATI\r', '\r\nOK\r\n']);
  expect(ask(pending, state)).toEqual([2]);
  const sent = second[1] === four ? 'ATI\r' : 'AT\r';
  expect(ask(pending, sent)).toMatchObject({ is: 'other', expected: { line: 3, what: state } });
});

test('a command that was never answered is not answered when it is sent once more', () => {
  const lines = ['AT\r', 'ATI\r'].map((data, at) => ({ n: at + 1, at: BigInt(at), source: 'uart.tx', data }));
  const pending = new Pending(scriptOf(lines, 115_200));
  pending.take('uart', 'AT\r');
  expect(pending.take('uart', 'AT\r')).toMatchObject({ is: 'other', expected: { line: 2 } });
});
