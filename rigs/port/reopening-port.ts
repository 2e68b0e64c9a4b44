import type { Clock } from '../../harness/base/clock.ts';
import { hasCode, HilError } from '../../harness/base/error.ts';
import { Listeners, Once } from '../../harness/base/listeners.ts';
import { type AdapterDelay, noDelay } from './adapter-delay.ts';
import { watchNearestFolder } from './device-node-watch.ts';
import { openPort } from './open-port.ts';
import type { Chunk, Port, Write } from './port.ts';
import { closedError } from './port-error.ts';

interface ReopeningOptions {
  readonly path: string;
  readonly baud: number;
  readonly clock: Clock;
  /** As in `openPort`. */
  readonly note?: (text: string) => void;
}

/** A port whose adapter is fed by the board's supply and vanishes with it (`serial.reopen`). */
export interface ReopeningPort extends Port {
  /** Before the supply is cut: closes the device, so that its vanishing is no hang-up; ends an `attach`. */
  detach(): Promise<void>;
  /**
   * When the supply comes back: opens the device as soon as it is there. Rejects as `openPort` after `limitMs`, and
   * ABORTED when the port is detached or closed meanwhile.
   */
  attach(limitMs: number): Promise<void>;
}

/** A node that is not there yet, or that udev has not yet given its group, is worth waiting for. */
const mayCome = (error: unknown): boolean => hasCode(error, 'PORT_MISSING') || hasCode(error, 'PORT_DENIED');

const detached = (path: string): HilError =>
  new HilError(
    'ABORTED',
    `nobody waits for ${path} any more: the board was switched off, or its port closed`,
  );

/** Opens the device, and closes it again where nobody wants it any more. */
async function openWanted(options: ReopeningOptions, signal: AbortSignal): Promise<Port> {
  const port = await openPort(options);
  if (!signal.aborted) return port;
  await port.close();
  throw detached(options.path);
}

/**
 * Opens the device, trying again whenever something changes beside it, until `limitMs` have passed or `signal`
 * aborts.
 */
async function openWhenThere(options: ReopeningOptions, limitMs: number, signal: AbortSignal): Promise<Port> {
  const { path, clock } = options;
  let late = false;
  let again = (): void => {};
  const onAbort = (): void => again();
  signal.addEventListener('abort', onAbort);
  const cancel = clock.after(limitMs, () => {
    late = true;
    again();
  });
  try {
    for (;;) {
      // Watched before trying: a node that appears in between is not missed.
      let stop = (): void => {};
      const changed = new Promise<void>((resolve) => {
        again = resolve;
        stop = watchNearestFolder(path, resolve);
      });
      try {
        return await openWanted(options, signal);
      } catch (error) {
        if (late || !mayCome(error)) throw error;
        if (!signal.aborted) await changed;
        if (signal.aborted) throw detached(path);
      } finally {
        stop();
      }
    }
  } finally {
    cancel();
    signal.removeEventListener('abort', onAbort);
  }
}

class DetachablePort implements ReopeningPort {
  readonly path: string;
  readonly baud: number;
  readonly #options: ReopeningOptions;
  readonly #data = new Listeners<Chunk>();
  readonly #gone = new Once<HilError>();
  #port: Port | undefined;
  #adapter = noDelay;
  /** The wait for the device, while there is one. */
  #wait: { readonly stop: AbortController; readonly ended: Promise<unknown> } | undefined;

  constructor(options: ReopeningOptions) {
    this.path = options.path;
    this.baud = options.baud;
    this.#options = options;
  }

  get gone(): HilError | undefined {
    return this.#gone.heard;
  }

  /** Of the device that was open last. */
  get adapter(): AdapterDelay {
    return this.#adapter;
  }

  async attach(limitMs: number): Promise<void> {
    if (this.#port) return;
    const stop = new AbortController();
    const attached = openWhenThere(this.#options, limitMs, stop.signal).then((port) => this.#take(port));
    const wait = (this.#wait = { stop, ended: attached.catch(() => {}) });
    await attached.finally(() => {
      if (this.#wait === wait) this.#wait = undefined;
    });
  }

  #take(port: Port): void {
    this.#port = port;
    this.#adapter = port.adapter;
    port.onData((chunk) => this.#data.tell(chunk));
    port.onGone((error) => this.#gone.tell(error));
  }

  async detach(): Promise<void> {
    this.#wait?.stop.abort();
    await this.#wait?.ended;
    const port = this.#port;
    this.#port = undefined;
    await port?.close();
  }

  onData(listener: (chunk: Chunk) => void): () => void {
    return this.#data.add(listener);
  }

  onGone(listener: (error: HilError) => void): () => void {
    return this.#gone.add(listener);
  }

  write(bytes: Uint8Array): Write {
    if (this.#port) return this.#port.write(bytes);
    const done = Promise.reject<bigint>(closedError(this.path));
    done.catch(() => {});
    return { before: this.#options.clock.now(), done };
  }

  close(): Promise<void> {
    return this.detach();
  }
}

/** A port for `serial.reopen: true`, still detached: its device may be absent while the board is off. */
export const createReopeningPort = (options: ReopeningOptions): ReopeningPort => new DetachablePort(options);
