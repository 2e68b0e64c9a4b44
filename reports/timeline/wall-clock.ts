import { readTrace, type TraceLine } from '../files/trace-file.ts';

/** Unix time of a line of the trace, ns. */
export type WallClock = (at: bigint) => bigint;

/** The note that ties the two clocks stands in line 2 (reports/README.md, "trace.jsonl"). */
const LOOKED_AT = 10;

const MS = 1_000_000n;

const unixNs = (text: unknown): bigint | undefined => {
  const ms = typeof text === 'string' ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? undefined : BigInt(ms) * MS;
};

/** What a line says of the wall clock: the note that ties both clocks, or the run's start in an older trace. */
function wallOf(line: TraceLine): { ns: bigint; isExact: boolean } | undefined {
  if (line.source !== 'note') return undefined;
  const isExact = line['type'] === 'clock';
  const facts = line['facts'] as { startedAt?: unknown } | undefined;
  const ns = isExact
    ? unixNs(line['wall'])
    : line['type'] === 'run-start'
      ? unixNs(facts?.startedAt)
      : undefined;
  return ns === undefined ? undefined : { ns, isExact };
}

/**
 * The wall clock of a trace: from the note that ties the monotonic clock to it, or, in an older trace, from the run's
 * start, which is exact to a few ms. Without either the first line is at the time 0.
 * @throws RECORD_UNREADABLE
 */
export function wallClockOf(file: string): WallClock {
  let offset: bigint | undefined;
  for (const line of readTrace(file)) {
    const wall = wallOf(line);
    offset = wall ? wall.ns - line.at : (offset ?? -line.at);
    if (wall?.isExact || line.n > LOOKED_AT) break;
  }
  return (at) => at + (offset ?? 0n);
}

/** `2026-01-31T09:05:07.123456Z`, cut to microseconds. */
export function isoTime(ns: bigint): string {
  const ms = ns / MS;
  const us = String((ns % MS) / 1_000n).padStart(3, '0');
  return new Date(Number(ms)).toISOString().replace('Z', `${us}Z`);
}
