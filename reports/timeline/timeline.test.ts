import { tracedRun } from '../evidence/traced-run.fixture.ts';
import { openTrace, type TraceLine } from '../files/trace-file.ts';
import { clauseFacts, planned, ran, runStart } from '../record/example-run.fixture.ts';
import { createFilter, type Wanted } from './filter.ts';
import { lineText } from './line-text.ts';
import { momentOf } from './moment.ts';
import { isoTime, wallClockOf } from './wall-clock.ts';

const start = runStart([], [clauseFacts('CFG-A', 'S')], { startedAt: '2026-01-31T09:05:01.000Z' });
const wallOf = (...lines: Parameters<typeof tracedRun>[0]): ((at: bigint) => string) => {
  const run = tracedRun(lines);
  const wall = wallClockOf(run.trace);
  run.end();
  return (at) => isoTime(wall(at));
};

const line = (source: TraceLine['source'], body: object = {}): TraceLine => ({
  n: 1,
  at: 0n,
  source,
  ...body,
});

describe('the wall clock of a trace', () => {
  test('is that of the note that ties both clocks, to the microsecond', () => {
    expect(wallOf(start)(1_000_001_000n)).toBe('2026-01-31T09:05:07.000001Z');
    expect(wallOf(start)(999_999_999n)).toBe('2026-01-31T09:05:06.999999Z');
  });

  test('is that of the start in a trace without the note, and 1970 without either', () => {
    const run = tracedRun([]);
    const write = (body: object) => openTrace(run.trace).write('note', 5_000_000_000n, { ...body });
    write({ text: 'no clock' });
    expect(isoTime(wallClockOf(run.trace)(6_000_000_000n))).toBe('1970-01-01T00:00:01.000000Z');
    write(start);
    expect(isoTime(wallClockOf(run.trace)(6_000_000_000n))).toBe('2026-01-31T09:05:02.000000Z');
    run.end();
  });
});

describe('a line in words', () => {
  test.each([
    ['bytes are visible', line('uart.rx', { data: '\r\n+X: \u0000\u00ff\\' }), '\\r\\n+X: \\x00\\xff\\\\'],
    ['a switch', line('control', { action: 'off', ms: 10.15, state: 'done' }), 'off done in 10.2 ms'],
    [
      'a switch that failed',
      line('control', { action: 'on', ms: 1, state: 'failed', error: 'A: b\n  c' }),
      'on failed in 1.0 ms: error A: b\\n  c',
    ],
    ['a test', line('test', { type: 'test-start', name: 'a › b' }), 'begins: a › b'],
    [
      'its end',
      line('test', { type: 'test-end', name: 'b', verdict: 'fail', durationMs: 2, reason: 'no\nmore' }),
      'fail after 2.0 ms: b: no',
    ],
    [
      'an exchange',
      line('note', { type: 'exchange', form: 'AT', lo: 1, hi: 2.26, final: 'OK' }),
      'exchange AT: OK, 1.0 to 2.3 ms',
    ],
    [
      'one without an answer',
      line('note', { type: 'exchange', form: 'AT', lo: 1, hi: 2, final: '' }),
      'exchange AT: no answer, 1.0 to 2.0 ms',
    ],
    [
      'a packet',
      line('platform.rx', { peer: '10.0.0.1:5', summary: 'CON GET', data: '\u0001' }),
      '10.0.0.1:5  CON GET  \\x01',
    ],
    [
      'another note',
      line('note', { type: 'observation', key: 'K', value: 'a\u001bb' }),
      'observation: key K, value a\\x1bb',
    ],
    ['a note without a type', line('note', { kind: 'recovery', helped: true }), 'recovery: helped true'],
  ])('%s', (_what, given, text) => {
    expect(lineText(given)).toBe(text);
  });

  test('obeys no terminal and has an end, whatever it holds', () => {
    const everything = Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code))
      .join('')
      .repeat(100);
    for (const source of ['uart.rx', 'platform.rx', 'note', 'test', 'control'] as const) {
      const text = lineText(
        line(source, { data: everything, name: everything, action: everything, type: everything }),
      );
      expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      expect(text.length).toBeLessThanOrEqual(2_000);
    }
  });
});

describe('a filter', () => {
  const [one, two] = [planned('one', 'CFG-A'), planned('two', 'CFG-A')];
  const lines: TraceLine[] = [
    line('uart.tx', { data: 'before' }),
    ...ran(one, 'pass').map((entry) => line('test', entry)),
    line('uart.tx', { data: 'between' }),
    line('test', { type: 'test-start', name: two.name }),
    line('uart.rx', { data: 'inside' }),
    line('test', { type: 'test-end', name: two.name }),
  ].map((each, index) => ({ ...each, n: index + 1, at: BigInt(index) }));
  const chosen = (wanted: Wanted) => lines.filter(createFilter(wanted)).map(({ n }) => n);

  test.each([
    ['all', {}, [1, 2, 3, 4, 5, 6, 7]],
    ['sources', { sources: new Set(['uart.rx', 'test'] as const) }, [2, 3, 5, 6, 7]],
    ['a test with what happened in it', { test: (name: string) => name === two.name }, [5, 6, 7]],
    ['times', { from: 2n, to: 4n }, [3, 4, 5]],
    ['numbers', { lines: [2, 3] as const }, [2, 3]],
    ['several at once', { sources: new Set(['uart.rx'] as const), test: () => true, from: 1n }, [6]],
  ] as [string, Wanted, number[]][])('takes %s', (_what, wanted, numbers) => {
    expect(chosen(wanted)).toEqual(numbers);
  });
});

describe('a moment', () => {
  const s = 1_000_000_000n;
  const late = BigInt(Date.parse('2026-01-31T23:50:00Z')) * 1_000_000n;
  test.each([
    ['90s', 95n * s],
    ['1.5m', 95n * s],
    ['250ms', 5n * s + 250_000_000n],
    ['23:50:01.5', 5n * s + 1_500_000_000n],
    // The next day.
    ['00:10:00', 5n * s + 1_200n * s],
    ['2026-01-31T23:49:59Z', 4n * s],
    ['yesterday', undefined],
    ['', undefined],
    ['9', undefined],
  ])('%s', (text, at) => {
    const found = momentOf(text, 5n * s, (mono) => mono - 5n * s + late);
    // Date has ms.
    expect(found === undefined ? undefined : found / 1_000_000n).toBe(
      at === undefined ? undefined : at / 1_000_000n,
    );
  });
});
