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
  /** As for `openPort`. */
  readonly note?: (text: string) => void;
}

/** A port whose adapter takes its power from the board's supply and vanishes with it (`serial.reopen`). */
export interface ReopeningPort extends Port {
  /** To be called before the supply is cut: closes the device, so that there is no hang-up. Ends an `attach`. */
  detach(): Promise<void>;
  /**
   * To be called when the supply comes back: opens the device as soon as it appears.
   * @throws as `openPort` after `limitMs`; ABORTED if the port is detached or closed meanwhile
   */
  attach(limitMs: number): Promise<void>;
}

/** Whether waiting may help: the node is not there yet, or udev has not set its group yet. */
const isWorthWaiting = (error: unknown): boolean =>
  hasCode(error, 'PORT_MISSING') || hasCode(error, 'PORT_DENIED');

const detachedError = (path: string): HilError =>
  new HilError('ABORTED', `stopped waiting for ${path}: the board was switched off, or its port closed`);

/** Opens the device, and closes it again if `signal` has aborted meanwhile. */
async function openUnlessAborted(options: ReopeningOptions, signal: AbortSignal): Promise<Port> {
  const port = await openPort(options);
  if (!signal.aborted) return port;
  await port.close();
  throw detachedError(options.path);
}

/** Opens the device; tries again at each change in its folder, until `limitMs` have passed or `signal` aborts. */
async function openWhenPresent(
  options: ReopeningOptions,
  limitMs: number,
  signal: AbortSignal,
): Promise<Port> {
  const { path, clock } = options;
  let late = false;
  let tryAgain = (): void => {};
  const onAbort = (): void => tryAgain();
  signal.addEventListener('abort', onAbort);
  const cancel = clock.after(limitMs, () => {
    late = true;
    tryAgain();
  });
  try {
    for (;;) {
      // Watch first, then try: a node that appears in between is not missed.
      let stop = (): void => {};
      const changed = new Promise<void>((resolve) => {
        tryAgain = resolve;
        stop = watchNearestFolder(path, resolve);
      });
      try {
        return await openUnlessAborted(options, signal);
      } catch (error) {
        if (late || !isWorthWaiting(error)) throw error;
        if (!signal.aborted) await changed;
        if (signal.aborted) throw detachedError(path);
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
  /** The current wait for the device. */
  #wait: { readonly stop: AbortController; readonly ended: Promise<unknown> } | undefined;

  constructor(options: ReopeningOptions) {
    this.path = options.path;
    this.baud = options.baud;
    this.#options = options;
  }

  get gone(): HilError | undefined {
    return this.#gone.heard;
  }

  /** Delays of the device that was open last. */
  get adapter(): AdapterDelay {
    return this.#adapter;
  }

  async attach(limitMs: number): Promise<void> {
    if (this.#port) return;
    const stop = new AbortController();
    const attached = openWhenPresent(this.#options, limitMs, stop.signal).then((port) => this.#adopt(port));
    const wait = (this.#wait = { stop, ended: attached.catch(() => {}) });
    await attached.finally(() => {
      if (this.#wait === wait) this.#wait = undefined;
    });
  }

  #adopt(port: Port): void {
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

/** Makes a port for `serial.reopen: true`. It starts detached: its device may be absent while the board is off. */
export const createReopeningPort = (options: ReopeningOptions): ReopeningPort => new DetachablePort(options);
