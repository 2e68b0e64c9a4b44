import { type Clock, toMs, toNs } from '../../harness/base/clock.ts';
import { until } from '../../harness/base/until.fixture.ts';
import type { Chunk } from '../port/port.ts';
import { openReplay, type RecordedBoard, type Replay } from './replay.ts';
import type { ReplayLine } from './script.ts';

export const board: RecordedBoard = {
  path: '/dev/ttyAMA0',
  baud: 115_200,
  adapter: { readMs: 0, writeMs: 0 },
  driver: 'command',
  capabilities: { powerKey: true, reset: true, supplyCut: false, powered: true, truth: true },
  provokes: false,
  platform: { address: '192.0.2.1', port: 5683 },
};

/** A line of a trace, at `ms` since its begin. */
export type Body = Omit<ReplayLine, 'n' | 'at'> & { readonly ms: number };
export const tx = (ms: number, data: string): Body => ({ ms, source: 'uart.tx', data });
export const rx = (ms: number, data: string): Body => ({ ms, source: 'uart.rx', data });
export const control = (ms: number, action: string, state: string, more: object = {}): Body => ({
  ms,
  source: 'control',
  action,
  state,
  ...more,
});

/** The trace began long before this process: its times are other ones than those of the replay. */
const recordedAt = toNs(5_000_000);
const linesOf = (bodies: readonly Body[]): ReplayLine[] =>
  bodies.map(
    ({ ms, ...body }, index) => ({ ...body, n: index + 1, at: recordedAt + toNs(ms) }) as ReplayLine,
  );

let replay: Replay | undefined;
afterEach(() => replay?.close());

export interface BegunReplay {
  readonly replay: Replay;
  /** What came from the module, with the ms since the start of the replay. */
  readonly heard: [ms: number, data: string][];
  readonly clock: Clock;
  readonly ms: () => number;
}

/** Begins the replay of a trace; it ends with the test. */
export function beginReplay(...bodies: Body[]): BegunReplay {
  const start = toNs(100_000);
  const opened = openReplay(linesOf(bodies), board, start);
  replay = opened;
  const heard: [number, string][] = [];
  opened.port.onData(({ bytes, at }: Chunk) =>
    heard.push([toMs(at - start), Buffer.from(bytes).toString('latin1')]),
  );
  return {
    replay: opened,
    heard,
    clock: opened.clock,
    ms: () => toMs(opened.clock.now() - start),
  };
}

/** Waits until so much was heard. */
export const count = (heard: readonly unknown[], wanted: number): Promise<unknown> =>
  until(
    () => heard.length,
    (length) => length === wanted,
  );
