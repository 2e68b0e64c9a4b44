import { realpathSync } from 'node:fs';

import { SerialPort } from 'serialport';

import { type Clock, systemClock } from '../../harness/base/clock.ts';
import { type HilError, messageOf } from '../../harness/base/error.ts';
import { Listeners, Once } from '../../harness/base/listeners.ts';
import { waitToSettle } from '../../harness/base/wait-to-settle.ts';
import { type AdapterDelay, adapterDelayOf } from './adapter-delay.ts';
import { closeLimitMs } from './close-limit.ts';
import { watchDeviceNode } from './device-node-watch.ts';
import { keepDtrUp } from './keep-dtr-up.ts';
import type { Chunk, Port, Write } from './port.ts';
import { closedError, goneError, openError } from './port-error.ts';
import { withSafeBinding } from './safe-binding.ts';
import { createTail } from './tail.ts';
import { type TransmitLine, transmitLine } from './transmit-line.ts';

interface PortOptions {
  readonly path: string;
  readonly baud: number;
  readonly clock?: Clock;
  /** Is called with what is wrong but no error, one line. */
  readonly note?: (text: string) => void;
}

/** How many of the last received bytes an error shows. */
const tailBytes = 256;

/** A port whose transmit line can be held low while the module has no supply. */
export interface SerialDevice extends Port {
  readonly transmit: TransmitLine;
}

class OpenPort implements SerialDevice {
  readonly path: string;
  readonly baud: number;
  readonly adapter: AdapterDelay;
  readonly transmit: TransmitLine;
  readonly #stream: SerialPort;
  readonly #clock: Clock;
  readonly #tail = createTail(tailBytes);
  readonly #data = new Listeners<Chunk>();
  readonly #gone = new Once<HilError>();
  readonly #pending = new Set<(reason: HilError) => void>();
  readonly #released: Promise<void>;
  readonly #stopWatching: () => void;
  readonly #dtrKept: Promise<void>;
  #closed: Promise<void> | undefined;

  constructor(stream: SerialPort, { path, baud, clock = systemClock, note = () => {} }: PortOptions) {
    this.path = path;
    this.baud = baud;
    this.transmit = transmitLine(stream, path);
    // In parallel with reading, so that no byte waits for it; only close() does.
    this.#dtrKept = keepDtrUp(path, note);
    this.#stream = stream;
    this.#clock = clock;
    stream.on('data', (bytes: Buffer) => this.#receive(bytes, this.#clock.now()));
    // Emitted for example by a write that was cut off; without a listener it would end the process.
    stream.on('error', (error) => this.#fail(messageOf(error), error));
    this.#released = new Promise((resolve) => {
      stream.once('close', (error: unknown) => {
        this.#fail('it hung up', error);
        resolve();
      });
    });
    const node = realpathSync(path);
    this.adapter = adapterDelayOf(node);
    this.#stopWatching = watchDeviceNode(node, () => this.#onNodeVanished());
  }

  get gone(): HilError | undefined {
    return this.#gone.heard;
  }

  onData(listener: (chunk: Chunk) => void): () => void {
    return this.#data.add(listener);
  }

  onGone(listener: (error: HilError) => void): () => void {
    return this.#gone.add(listener);
  }

  write(bytes: Uint8Array): Write {
    const copy = Buffer.from(bytes);
    const before = this.#clock.now();
    const done = new Promise<bigint>((resolve, reject) => {
      const refusal = this.gone ?? (this.#closed && closedError(this.path));
      if (refusal) return reject(refusal);
      this.#pending.add(reject);
      this.#stream.write(copy, (error) => {
        this.#pending.delete(reject);
        if (!error) return resolve(this.#clock.now());
        this.#fail(messageOf(error), error);
        reject(this.gone ?? closedError(this.path));
      });
    });
    // Callers may ignore `done`; without this an unhandled rejection would end the process.
    done.catch(() => {});
    return { before, done };
  }

  close(): Promise<void> {
    this.#closed ??= this.#release();
    return this.#closed;
  }

  #receive(bytes: Uint8Array, at: bigint): void {
    this.#tail.push(bytes);
    this.#data.tell({ bytes, at });
  }

  #onNodeVanished(): void {
    this.#fail('its device node was removed', undefined);
    if (this.#stream.isOpen) this.#stream.close();
  }

  /** Only the first reason counts, and none after close(). */
  #fail(what: string, cause: unknown): void {
    if (this.gone || this.#closed) return;
    const error = goneError(this.path, what, this.#tail.bytes(), cause ?? undefined);
    this.#stopWatching();
    this.#settle(error);
    this.#gone.tell(error);
  }

  #settle(reason: HilError): void {
    for (const reject of [...this.#pending]) reject(reason);
    this.#pending.clear();
  }

  async #release(): Promise<void> {
    this.#stopWatching();
    this.#settle(closedError(this.path));
    if (!this.gone) await waitToSettle(this.#dtrKept, closeLimitMs, this.#clock);
    if (this.#stream.isOpen) this.#stream.close(() => {});
    await waitToSettle(this.#released, closeLimitMs, this.#clock);
  }
}

/**
 * Opens a serial port and reads it from then on; bytes that arrive without a subscription are dropped. Opening drops
 * what the kernel had queued and raises DTR and RTS (PI.md §3.1): so open it once, before power-on.
 * @throws PORT_MISSING, PORT_DENIED, PORT_BUSY (another process has locked it) or PORT_OPEN_FAILED
 */
export async function openPort(options: PortOptions): Promise<SerialDevice> {
  const { path, baud } = options;
  const stream = new SerialPort({
    path,
    baudRate: baud,
    autoOpen: false,
    lock: true,
    // DTR must stay up when the port closes; keepDtrUp clears HUPCL if it is already set.
    hupcl: false,
    ...withSafeBinding(),
  });
  await new Promise<void>((resolve, reject) => {
    stream.open((error) => (error ? reject(openError(path, error)) : resolve()));
  });
  return new OpenPort(stream, options);
}
