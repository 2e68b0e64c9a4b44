import type { HilError } from '../../harness/base/error.ts';
import type { AdapterDelay } from './adapter-delay.ts';

/** Bytes that arrived together; `at` is the time before they were processed, monotonic ns. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly at: bigint;
}

export interface Write {
  /** Time just before the bytes were passed to the system, monotonic ns: no byte left earlier. */
  readonly before: bigint;
  /** Resolves with the time of the callback, which may come after the answer; rejects PORT_GONE, PORT_CLOSED. */
  readonly done: Promise<bigint>;
}

/** An open serial port, the only way to the UART. Opened once and read all the time. */
export interface Port {
  /** The path it was opened by. */
  readonly path: string;
  readonly baud: number;
  /** Delays between this machine and the UART; known once the device is open. */
  readonly adapter: AdapterDelay;
  /** Why the port is gone (hang-up, unplugged); undefined while it works. */
  readonly gone: HilError | undefined;
  /** Calls `listener` with every chunk from now on. @returns ends the subscription */
  onData(listener: (chunk: Chunk) => void): () => void;
  /** Calls `listener` once when the port hangs up or vanishes (PORT_GONE); at once if it already has. */
  onGone(listener: (error: HilError) => void): () => void;
  write(bytes: Uint8Array): Write;
  /** Closes the port; idempotent. */
  close(): Promise<void>;
}
