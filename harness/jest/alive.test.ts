import type { Desk } from '../at/test-desk.ts';
import { desk, pass } from '../at/test-desk.ts';
import type { Answer } from '../at/scripted-port.ts';
import type { RawInput, Survival } from './alive.ts';
import { aliveAfter } from './alive.ts';
import type { LineWatch } from './line-watch.ts';
import { watchLine } from './line-watch.ts';

const ok = '\r\nOK\r\n';
const error = '\r\nERROR\r\n';

interface Tried extends Survival {
  readonly d: Desk;
  readonly watch: LineWatch;
}

/** @param answers to what is written, one a write; the AT that follows is one */
async function tried(input: RawInput, answers: readonly (string | Answer)[], ms = 8_000): Promise<Tried> {
  const d = desk();
  const watch = watchLine(d.at, () => 0);
  d.port.answer(...answers);
  const module: Parameters<typeof aliveAfter>[0]['module'] = {
    at: (command, options) => d.at.send(command, options),
    transmit: (bytes, until) => d.at.transmit(bytes, until),
    idle: (quietMs, deadlineMs) => d.at.idle(quietMs, deadlineMs),
  };
  const survival = aliveAfter({ module, run: { lineFaults: watch.faults } }, input);
  await pass(d, ms);
  return { ...(await survival), d, watch };
}

const line = { bytes: 'AT+QDMPCFG=,,\r' };

describe('a whole command line', () => {
  test('has one answer, and AT another', async () => {
    const { d, watch, ...survival } = await tried(line, [error, ok]);
    expect(survival).toEqual({ dead: undefined, miscounted: [], accepted: false });
    expect(d.port.written).toEqual(['AT+QDMPCFG=,,\r', 'AT\r']);
    expect(watch.faults).toEqual([]);
  });

  test('may have been accepted where OK alone answers it', async () => {
    expect(await tried(line, [ok, ok])).toMatchObject({ accepted: true });
    expect(await tried(line, ['\r\n+QDMPCFG: 0,1\r\n\r\nOK\r\n', ok])).toMatchObject({ accepted: false });
  });

  test.each([
    ['at once', [{ afterMs: 5, text: error + error }]],
    ['a little later', [5, 20].map((afterMs) => ({ afterMs, text: error }))],
  ])('that is answered twice, %s, was miscounted', async (_when, answer) => {
    const { miscounted, dead } = await tried(line, [answer, ok]);
    expect(miscounted).toEqual(['"ERROR" came after the final result of AT+QDMPCFG=,,']);
    expect(dead).toBeUndefined();
  });

  test('is judged for its time and framing like any other', async () => {
    const late = await tried(line, [[{ afterMs: 950, text: error }], ok]);
    expect(late.watch.exchanges[0]).toMatchObject({ command: 'AT+QDMPCFG', inTime: 'over' });
    const unframed = await tried(line, ['ERROR\r\n', ok]);
    expect(unframed.watch.faults).toMatchObject([{ clause: 'AT-FRAME' }]);
  });

  test('that is never answered was miscounted, and its module lives', async () => {
    // To the probe that makes sure of the line, then to the AT that was asked for.
    const { miscounted, dead, watch } = await tried(line, ['', ok, ok], 12_000);
    expect(miscounted).toEqual([expect.stringContaining('no final result to AT+QDMPCFG=,,')]);
    expect(dead).toBeUndefined();
    expect(watch.exchanges[0]).toMatchObject({ inTime: 'over', final: '' });
  });

  test('after which nothing is answered any more has killed its module, and miscounted nothing', async () => {
    expect(await tried(line, [], 12_000)).toMatchObject({ dead: 'the module is silent', miscounted: [] });
  });

  test('at which the module restarts has killed it', async () => {
    const { dead, miscounted } = await tried(line, [
      [{ afterMs: 5, text: '\r\nRDY\r\n' }],
      ...Array<string>(9).fill(ok),
    ]);
    expect({ dead, miscounted }).toEqual({ dead: 'the module restarted', miscounted: [] });
  });

  test('after which AT is refused has', async () => {
    expect(await tried(line, [error, error])).toMatchObject({ dead: 'AT was answered ERROR' });
  });
});

describe('a line left open', () => {
  const open = { bytes: 'AT+QDM' };

  test('is ended by a lone CR, and answered then', async () => {
    const { d, watch: _, ...survival } = await tried(open, ['', error, ok]);
    expect(survival).toEqual({ dead: undefined, miscounted: [], accepted: false });
    expect(d.port.written).toEqual(['AT+QDM', '\r', 'AT\r']);
  });

  test.each([
    ['twice', ['', error + error, ok], '2 final results: \\r\\nERROR\\r\\n\\r\\nERROR\\r\\n'],
    ['before its end, too', [error, error, ok], '2 final results: '],
    ['never', ['', '', ok, ok], '0 final results: nothing came'],
  ])('that is answered %s was miscounted', async (_how, answers, text) => {
    const { miscounted, dead } = await tried(open, answers);
    expect(miscounted).toEqual([expect.stringContaining(text)]);
    expect(dead).toBeUndefined();
  });
});

describe('bytes whose answers are open', () => {
  test.each([
    ['no answer', [0, 1], ['', ok, ok]],
    ['one', [0, 1], [error, ok]],
    ['two, the second late', [0, 2], [[5, 250].map((afterMs) => ({ afterMs, text: error })), ok]],
  ] as const)('may have %s', async (_how, answers, given) => {
    const { miscounted, dead, d } = await tried({ bytes: 'aT\n?\r', answers }, given);
    expect({ miscounted, dead, stray: d.stray }).toEqual({ miscounted: [], dead: undefined, stray: [] });
  });

  test('have no more than that', async () => {
    const { miscounted } = await tried({ bytes: '  AT?\r', answers: [0, 1] }, [error + error, ok]);
    expect(miscounted).toEqual([expect.stringContaining('2 final results')]);
  });
});
