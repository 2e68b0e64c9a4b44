import type { TraceSink } from '../../base/trace.ts';

/** A trace that counts the bytes that pass over the UART. */
export interface CountingTrace extends TraceSink {
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export function countBytes(trace: TraceSink): CountingTrace {
  let bytesIn = 0;
  let bytesOut = 0;
  return {
    get last() {
      return trace.last;
    },
    get bytesIn() {
      return bytesIn;
    },
    get bytesOut() {
      return bytesOut;
    },
    write(source, at, body) {
      if (source === 'uart.rx') bytesIn += body.data?.length ?? 0;
      if (source === 'uart.tx') bytesOut += body.data?.length ?? 0;
      return trace.write(source, at, body);
    },
  };
}
