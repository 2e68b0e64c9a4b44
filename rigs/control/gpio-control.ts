import { type Clock, toNs } from '../../harness/base/clock.ts';
import { HilError } from '../../harness/base/error.ts';
import { runAll } from '../../harness/base/run-all.ts';
import type { GpioKeys } from '../file/rig-file.ts';
import { wiredCapabilities } from './capabilities.ts';
import type { Capabilities, Control } from './control.ts';
import {
  missingLineError,
  moduleRunsError,
  notPoweredError,
  stillPoweredError,
  supplyOffError,
  supplyOnError,
} from './gpio/board-errors.ts';
import { type BoardLines, claimLines, type Key, listLines, releaseAll } from './gpio/board-lines.ts';
import type { GpioDriver } from './gpio/line.ts';
import { pollUntil, throwIfAborted, waitUntil } from './gpio/wait.ts';

interface GpioControlOptions {
  readonly keys: GpioKeys;
  readonly driver: GpioDriver;
  readonly clock: Clock;
}

/** ms; far more than needed: VDD_EXT rises 42 ms after PWRKEY goes low, and a reset takes 20 ms (BC26.md §1). */
const riseLimitMs = 1_000;

/** The sequences by which a board is driven, the same for both GPIO drivers. */
class GpioControl implements Control {
  readonly driver: GpioDriver['name'];
  readonly capabilities: Capabilities;
  readonly #options: GpioControlOptions;
  #lines: Promise<BoardLines> | undefined;
  /** Settles when the last sequence has ended: one runs at a time. */
  #last: Promise<unknown> = Promise.resolve();
  #stop = new AbortController();
  #closed = false;
  /** When the supply was switched off, ns; undefined while it is on. */
  #offSince: bigint | undefined;

  constructor(options: GpioControlOptions) {
    this.#options = options;
    this.driver = options.driver.name;
    this.capabilities = wiredCapabilities(options.keys, options.keys.supply !== undefined);
  }

  on = (): Promise<void> => this.#inTurn((lines, signal) => this.#on(lines, signal));
  off = (): Promise<void> => this.#inTurn((lines, signal) => this.#off(lines, signal));
  reset = (): Promise<void> => this.#inTurn((lines, signal) => this.#reset(lines, signal));
  powerKey = (): Promise<void> => this.#inTurn((lines, signal) => this.#powerKey(lines, signal));
  powered = (): Promise<boolean | undefined> =>
    this.#inTurn(({ powered }, signal) => powered?.powered(signal) ?? Promise.resolve(undefined));

  /** Aborts the running sequence instead of waiting for it. */
  rest(): Promise<void> {
    this.#interrupt();
    return this.#inTurn((lines) => this.#rest(lines));
  }

  onTruth = (): (() => void) => () => {};

  close(): Promise<void> {
    this.#closed = true;
    this.#interrupt();
    const lines = this.#lines;
    this.#lines = undefined;
    return this.#after(async () => {
      // A failed claim has released its lines already.
      const claimed = await lines?.catch(() => undefined);
      if (claimed) await releaseAll(listLines(claimed));
    });
  }

  /** Describes the claimed lines for the trace: where each is, and whether an earlier run left it exported. */
  async facts(): Promise<string[]> {
    const lines = listLines((await this.#lines) ?? {});
    return lines.map(({ place, leftover }) =>
      leftover ? `${place}: was left exported by an earlier run, now at rest` : place,
    );
  }

  async #on({ supply, powerKey, powered }: BoardLines, signal: AbortSignal): Promise<void> {
    if (!supply && !powerKey) throw missingLineError('on', 'control.supply and no control.powerKey');
    if (supply && this.#offSince === undefined && !powered) throw supplyOnError();
    if (supply) {
      await this.#waitForDischarge(signal);
      await supply.set(true);
      this.#offSince = undefined;
      const { keys, clock } = this.#options;
      await waitUntil(clock, clock.now() + toNs(keys.supply?.settleMs ?? 0), signal);
    }
    // A board with its power key wired to ground starts by itself; pressing the key of a running module is undocumented.
    if (powerKey && !(await powered?.powered(signal))) await powerKey.press(signal);
    await this.#expectPowered({ powered }, 'the board was switched on', signal);
  }

  async #off({ supply, powered }: BoardLines, signal: AbortSignal): Promise<void> {
    if (!supply) throw missingLineError('off', 'control.supply');
    await supply.set(false);
    this.#offSince ??= this.#options.clock.now();
    await this.#waitForDischarge(signal);
    if (await powered?.powered(signal)) throw stillPoweredError(this.#options.keys);
  }

  async #reset({ reset, powered }: BoardLines, signal: AbortSignal): Promise<void> {
    await required(reset, 'reset').press(signal);
    // VDD_EXT toggles while RESET is held, so it is read after the release.
    await this.#expectPowered({ powered }, 'the module was reset', signal);
  }

  async #powerKey({ powerKey, supply, powered }: BoardLines, signal: AbortSignal): Promise<void> {
    const key = required(powerKey, 'powerKey');
    if (supply && this.#offSince !== undefined) throw supplyOffError();
    if (await powered?.powered(signal)) throw moduleRunsError();
    await key.press(signal);
    await this.#expectPowered({ powered }, 'the power key was pressed', signal);
  }

  async #rest({ powerKey, reset, supply }: BoardLines): Promise<void> {
    const on = this.#options.keys.supply?.atRest === 'on';
    await runAll([
      ...[powerKey, reset].flatMap((key) => (key ? [() => key.release()] : [])),
      ...(supply ? [() => supply.set(on)] : []),
    ]);
    this.#noteSupply(on);
  }

  #noteSupply(on: boolean): void {
    if (on) this.#offSince = undefined;
    else this.#offSince ??= this.#options.clock.now();
  }

  /** Waits until the supply has been off for `offMs`; a shorter cut does not count. */
  async #waitForDischarge(signal: AbortSignal): Promise<void> {
    const { keys, clock } = this.#options;
    if (this.#offSince !== undefined)
      await waitUntil(clock, this.#offSince + toNs(keys.supply?.offMs ?? 0), signal);
  }

  async #expectPowered({ powered }: BoardLines, after: string, signal: AbortSignal): Promise<void> {
    if (!powered) return;
    if (await pollUntil(this.#options.clock, riseLimitMs, () => powered.powered(signal))) return;
    throw notPoweredError(after, powered.line.place, riseLimitMs);
  }

  #interrupt(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  async #inTurn<Result>(act: (lines: BoardLines, signal: AbortSignal) => Promise<Result>): Promise<Result> {
    if (this.#closed) throw new HilError('CONTROL_FAILED', 'the control driver is already closed');
    const { signal } = this.#stop;
    return this.#after(async () => {
      throwIfAborted(signal);
      return act(await this.#claimed(), signal);
    });
  }

  #after<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => {});
    return done;
  }

  /** Claims the lines at the first call, and again after a failed claim. */
  #claimed(): Promise<BoardLines> {
    this.#lines ??= claimLines(this.#options).then(
      (lines) => {
        this.#noteSupply(this.#options.keys.supply?.atRest === 'on');
        return lines;
      },
      (error: unknown) => {
        this.#lines = undefined;
        throw error;
      },
    );
    return this.#lines;
  }
}

function required(key: Key | undefined, name: string): Key {
  if (!key) throw missingLineError(name, `control.${name}`);
  return key;
}

/**
 * Drives a board by GPIO lines. The first call claims the lines at their resting levels. Calls run one after the
 * other; `rest` and `close` abort the running one (it rejects ABORTED).
 * @throws (each call) GPIO_… errors besides those of `Control`
 */
export const openGpioControl = (options: GpioControlOptions): GpioControl => new GpioControl(options);
