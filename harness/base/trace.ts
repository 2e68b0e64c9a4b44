export type TraceSource = 'uart.rx' | 'uart.tx' | 'control' | 'platform.rx' | 'platform.tx' | 'test' | 'note';

/** The other fields of a line. `data` holds raw bytes, one character a byte (latin1). */
export type TraceBody = Record<string, unknown> & { data?: string };

/** The run's time line: numbered lines, appended as things happen. */
export interface TraceSink {
  /**
   * Appends a line.
   * @param at when it happened, monotonic ns
   * @returns the line's number
   */
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
