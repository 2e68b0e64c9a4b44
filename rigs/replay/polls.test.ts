import { Pending } from './pending.ts';
import { type ReplayLine, scriptOf } from './script.ts';

const state = 'AT+QDMPCFG=6\r';
const zero = '\r\n+QDMPCFG: 6,0\r\n\r\nOK\r\n';
const four = '\r\n+QDMPCFG: 6,4\r\n\r\nOK\r\n';

/** A trace of commands with their answers, 10 ms apart. */
function traceOf(...parts: (readonly [command: string, answer: string])[]): Pending {
  return new Pending(
    scriptOf(
      parts.flatMap(([command, answer], index) => exchanged(index, command, answer)),
      baud,
    ),
  );
}

const baud = 115_200;

/** Three lines: the command, its answer after 4 ms, and what the record keeps of both. */
function exchanged(index: number, command: string, answer: string): ReplayLine[] {
  const at = BigInt(index) * 10_000_000n;
  const hi = 4 - (command.length * 10_000) / baud;
  const n = 3 * index + 1;
  return [
    { n, at, source: 'uart.tx', data: command },
    { n: n + 1, at: at + 4_000_000n, source: 'uart.rx', data: answer },
    { n: n + 2, at: at + 5_000_000n, source: 'note', type: 'exchange', lo: 1, hi, disturbanceMs: 0 },
  ];
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
  expect(ask(pending, state)).toEqual([5]);
  expect(ask(pending, state)).toEqual([5]);
  expect(ask(pending, 'AT\r')).toEqual([8]);
});

test('a poll less than in the trace is left out with its answer, if that was the same', () => {
  const pending = traceOf([state, zero], [state, zero], [state, zero], ['AT\r', '\r\nOK\r\n']);
  expect(ask(pending, state)).toEqual([2]);
  expect(ask(pending, 'AT\r')).toEqual([11]);
});

test.each([
  ['had another answer', [state, four]],
  ['was followed by another command', [state, zero]],
] as const)('a poll that %s is not left out', (_, second) => {
  const pending = traceOf([state, zero], second, ['ATI\r', '\r\nOK\r\n']);
  expect(ask(pending, state)).toEqual([2]);
  const sent = second[1] === four ? 'ATI\r' : 'AT\r';
  expect(ask(pending, sent)).toMatchObject({ is: 'other', expected: { line: 4, what: state } });
});

/** A module that is silent is asked three times, then reset. */
const silent: ReplayLine[] = [
  { n: 1, at: 0n, source: 'uart.tx', data: 'AT\r' },
  { n: 2, at: 10n, source: 'uart.rx', data: '\r\nRDY\r\n' },
  { n: 3, at: 300n, source: 'uart.tx', data: 'AT\r' },
  { n: 4, at: 600n, source: 'uart.tx', data: 'AT\r' },
  { n: 5, at: 700n, source: 'control', action: 'reset', state: 'begun' },
  { n: 6, at: 800n, source: 'uart.tx', data: 'AT\r' },
];

test('a silent module that is asked once less is reset then, and what it said by itself still comes', () => {
  const pending = new Pending(scriptOf(silent, baud));
  expect(pending.take('uart', 'AT\r')).toMatchObject({ is: 'next', index: 0 });
  expect(pending.take('control', 'reset')).toMatchObject({ is: 'next', index: 4 });
  expect(pending.nextPlayed).toMatchObject({ line: 2 });
});

test('a silent module that is asked once more stays silent, and says nothing twice', () => {
  const pending = new Pending(scriptOf(silent, baud));
  for (let times = 0; times < 3; times++) expect(ask(pending, 'AT\r')).toEqual(times === 0 ? [2] : []);
  expect(pending.take('uart', 'AT\r')).toEqual({ is: 'asked-again', asked: 600n, answer: [] });
  expect(pending.take('control', 'reset')).toMatchObject({ is: 'next', index: 4 });
  expect(pending.take('uart', 'AT\r')).toMatchObject({ is: 'next', index: 5 });
});
