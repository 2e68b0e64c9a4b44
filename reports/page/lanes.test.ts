import type { TraceSource } from '../../harness/base/trace.ts';
import { Lanes } from './lanes.ts';

/** Lanes of lines given as [ms, source, body]. */
function lanesOf(...lines: [ms: number, source: TraceSource, body: Record<string, unknown>][]) {
  const lanes = new Lanes();
  for (const [index, [ms, source, body]] of lines.entries())
    lanes.add({ ...body, n: index + 1, at: 5_000_000_000n + BigInt(Math.round(ms * 1e6)), source });
  return new Map(lanes.done().map(({ name, spans }) => [name, spans]));
}

test('an answer that came in pieces is one span; the next answer is another', () => {
  const lanes = lanesOf(
    [0, 'uart.tx', { data: 'AT\r' }],
    [10, 'uart.rx', { data: '\r\nO' }],
    [11.5, 'uart.rx', { data: 'K\r\n' }],
    [12, 'uart.tx', { data: 'ATI\r' }],
    [13, 'uart.rx', { data: '\r\nERROR\r\n' }],
  );
  expect(lanes.get('uart.rx')).toEqual([
    [10_000, 1500, 2, '\\r\\nOK\\r\\n'],
    [13_000, 0, 5, '\\r\\nERROR\\r\\n'],
  ]);
  expect(lanes.get('uart.tx')).toEqual([
    [0, 0, 1, 'AT\\r'],
    [12_000, 0, 4, 'ATI\\r'],
  ]);
});

test('lines that nobody asked for are apart when they come apart', () => {
  const lanes = lanesOf([0, 'uart.rx', { data: 'RDY\r\n' }], [50, 'uart.rx', { data: '+CFUN: 1\r\n' }]);
  expect(lanes.get('uart.rx')).toHaveLength(2);
});

test('bytes that could become markup or move the cursor are escaped', () => {
  const lanes = lanesOf([0, 'uart.rx', { data: '\x1b[2J\u0000\u009b' }]);
  expect(lanes.get('uart.rx')![0]![3]).toBe(String.raw`\x1b[2J\x00\x9b`);
});

test('a test lasts from its start to its end and has its verdict; one that was cut lasts to the end of the trace', () => {
  const lanes = lanesOf(
    [0, 'test', { type: 'test-start', name: 'a.suite.ts › one' }],
    [5, 'test', { type: 'test-end', name: 'a.suite.ts › one', verdict: 'fail' }],
    [6, 'test', { type: 'test-start', name: 'a.suite.ts › two' }],
    [9, 'uart.rx', { data: 'x' }],
  );
  expect(lanes.get('test')).toEqual([
    [0, 5000, 1, 'one', 'fail'],
    [6000, 3000, 3, 'two', 'not-run'],
  ]);
});

test('the supply is on from its switch to the next off; a reboot lasts until the module named itself', () => {
  const lanes = lanesOf(
    [0, 'control', { action: 'on', state: 'begun' }],
    [20, 'control', { action: 'on', state: 'done', ms: 20 }],
    [2000, 'note', { type: 'reboot', kind: 'power-cycle', bootMs: 1500, namedMs: 1800 }],
    [3000, 'control', { action: 'off', state: 'begun' }],
    [3010, 'control', { action: 'off', state: 'done', ms: 10 }],
  );
  expect(lanes.get('supply')).toEqual([[20_000, 2_990_000, 2, 'on']]);
  expect(lanes.get('boot')).toEqual([[200_000, 1_800_000, 3, 'power-cycle']]);
  expect(lanes.get('reset')).toEqual([
    [0, 20_000, 1, 'on'],
    [3_000_000, 10_000, 4, 'off'],
  ]);
});

test('a state lasts until another one is read, however the answer is cut', () => {
  const poll = (ms: number, state: number): Parameters<typeof lanesOf> => [
    [ms, 'uart.tx', { data: 'AT+QDMPCFG=6\r' }],
    [ms + 1, 'uart.rx', { data: '\r\n+QDMPCFG: 6' }],
    [ms + 2, 'uart.rx', { data: `,${state}\r\n\r\nOK\r\n` }],
  ];
  const lanes = lanesOf(...poll(0, 3), ...poll(10, 3), ...poll(20, 5));
  expect(lanes.get('state')!.map(([at, lasted, , text]) => [at, lasted, text])).toEqual([
    [2000, 20_000, '3'],
    [22_000, 0, '5'],
  ]);
});

test('a trace without anything gives no lane', () => {
  expect(new Lanes().done()).toEqual([]);
});
