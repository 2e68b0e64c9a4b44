import type { HilError } from '../../harness/base/error.ts';
import type { AdapterDelay } from './adapter-delay.ts';

/** Bytes that arrived together; `at` is taken before anything else looks at them (monotonic ns). */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly at: bigint;
}

export interface Write {
  /** Stamp taken just before the bytes were handed to the system: no byte left earlier. */
  readonly before: bigint;
  /** Settles with the stamp of the write's callback (which can come after the answer); rejects PORT_GONE, PORT_CLOSED. */
  readonly done: Promise<bigint>;
}

/** An open serial port: the only seam to the UART. Opened once, read all the time. */
export interface Port {
  /** The path it was opened by. */
  readonly path: string;
  readonly baud: number;
  /** What lies between this machine and the UART; known once the device is open. */
  readonly adapter: AdapterDelay;
  /** Why the port is gone (hang-up, unplug), or undefined while it lives. */
  readonly gone: HilError | undefined;
  /** Every chunk from now on; returns a function that ends the subscription. */
  onData(listener: (chunk: Chunk) => void): () => void;
  /** Called once when the port hangs up or vanishes (PORT_GONE); at once if it already has. */
  onGone(listener: (error: HilError) => void): () => void;
  write(bytes: Uint8Array): Write;
  /** Closes the port; idempotent. */
  close(): Promise<void>;
}
