/** Where a line of the trace comes from. */
export type TraceSource = 'uart.rx' | 'uart.tx' | 'control' | 'platform.rx' | 'platform.tx' | 'test' | 'note';

/** What a line carries besides its number, time and source. `data` holds raw bytes, one character a byte (latin1). */
export type TraceBody = Record<string, unknown> & { data?: string };

/** The run's one time line. Numbered, appended as things happen, safe to the last line. */
export interface TraceSink {
  /** Appends a line stamped `at` (monotonic ns, the arrival, not the writing); returns its number. */
  write(source: TraceSource, at: bigint, body: TraceBody): number;
  /** The number of the last line written, 0 before the first. */
  readonly last: number;
}

/** A sink for tests and for commands that keep no trace. */
export function memoryTrace(): TraceSink & {
  readonly lines: { source: TraceSource; at: bigint; body: TraceBody }[];
} {
  const lines: { source: TraceSource; at: bigint; body: TraceBody }[] = [];
  return {
    lines,
    get last() {
      return lines.length;
    },
    write: (source, at, body) => lines.push({ source, at, body }),
  };
}
