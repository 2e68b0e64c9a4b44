import type { TraceLine } from '../files/trace-file.ts';
import { isoTime } from '../timeline/wall-clock.ts';
import type { Export } from './export.ts';
import { serialWave, wireNs } from './serial-wave.ts';
import { createVcd } from './vcd.ts';

/** An answer is drawn before the line of the trace that ends it, but not by more than this, ns. */
const LONGEST_PIECE_NS = 1e9;

/** Of a trace that does not say it (of an older version). */
const USUAL_BAUD = 115_200;

const initial = { tx: 1, rx: 1, power: 0, power_key: 0, reset: 0, test: 0 } as const;
type Wire = keyof typeof initial;

/** What an action does to the lines when it begins and when it has ended. */
const actions: Readonly<Record<string, { begun?: [Wire, 0 | 1]; done?: [Wire, 0 | 1] }>> = {
  on: { begun: ['power', 1] },
  off: { begun: ['power', 0] },
  rest: { begun: ['power', 0] },
  reset: { begun: ['reset', 1], done: ['reset', 0] },
  'power-key': { begun: ['power_key', 1], done: ['power_key', 0] },
};

function ofControl({ action, state }: TraceLine): [Wire, 0 | 1] | undefined {
  const known = actions[String(action)];
  return state === 'begun' ? known?.begun : known?.done;
}

const baudOf = ({ facts }: TraceLine): number | undefined => (facts as { baud?: number } | undefined)?.baud;

/**
 * The lines of the bench for PulseView and sigrok-cli. The levels of the UART are drawn from its bytes: one that was sent
 * begins at its time in the trace, one that came ends there, both at the port's speed.
 */
export const exportVcd: Export = ({ lines, isWanted, wall }, write) => {
  let baud = USUAL_BAUD;
  let start: bigint | undefined;
  let vcd: ReturnType<typeof createVcd<Wire>> | undefined;
  let last = 0;
  const free = { tx: 0, rx: 0 };

  function draw(wire: 'tx' | 'rx', data: string, begin: number): void {
    // Bytes cannot overlap on a line, nor come before what was written already.
    const at = Math.max(begin, free[wire], last - LONGEST_PIECE_NS, 0);
    free[wire] = at + wireNs(data.length, baud);
    vcd?.add(wire, serialWave(data, at, baud));
  }

  for (const line of lines) {
    baud = baudOf(line) ?? baud;
    if (!isWanted(line)) continue;
    start ??= line.at;
    vcd ??= createVcd<Wire>(write, initial, {
      date: isoTime(wall(start)),
      comment: `time 0 is ${isoTime(wall(start))}; the UART is drawn at ${baud} baud`,
    });
    const at = (last = Number(line.at - start));
    const { data = '' } = line;
    if (line.source === 'uart.tx') draw('tx', data, at);
    if (line.source === 'uart.rx') draw('rx', data, at - wireNs(data.length, baud));
    if (line.source === 'test') vcd.add('test', [[at, line['type'] === 'test-end' ? 0 : 1]]);
    const change = line.source === 'control' ? ofControl(line) : undefined;
    if (change) vcd.add(change[0], [[at, change[1]]]);
    vcd.writeTo(at - LONGEST_PIECE_NS);
  }
  vcd ??= createVcd<Wire>(write, initial, { date: '', comment: 'no line of the trace was asked for' });
  vcd.end(Math.max(last, free.tx, free.rx));
  return `${vcd.changes} changes of ${Object.keys(initial).length} lines`;
};
