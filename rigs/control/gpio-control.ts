import { type Clock, toNs } from '../../harness/base/clock.ts';
import { HilError } from '../../harness/base/error.ts';
import { everyOne } from '../../harness/base/every-one.ts';
import type { GpioKeys } from '../file/rig-file.ts';
import type { Capabilities, Control } from './control.ts';
import {
  missingLineError,
  moduleRunsError,
  notPoweredError,
  stillPoweredError,
  supplyOffError,
  supplyOnError,
} from './gpio/board-errors.ts';
import { type BoardLines, claimLines, type Key, linesToRelease, releaseAll } from './gpio/board-lines.ts';
import type { GpioDriver, InputLine } from './gpio/line.ts';
import { pollUntil, refuseWhenStopped, waitUntil } from './gpio/wait.ts';

interface GpioControlOptions {
  readonly keys: GpioKeys;
  readonly driver: GpioDriver;
  readonly clock: Clock;
}

/** VDD_EXT rises 42 ms after PWRKEY went low, and 20 ms decide a reset (BC26.md §1): this is far more. */
const riseLimitMs = 1_000;

/** Drives a board by GPIO lines: what happens in which order, whichever driver reaches the lines. */
class GpioControl implements Control {
  readonly driver: GpioDriver['name'];
  readonly capabilities: Capabilities;
  readonly #options: GpioControlOptions;
  #lines: Promise<BoardLines> | undefined;
  /** The end of what was asked for last: one sequence at a time. */
  #last: Promise<unknown> = Promise.resolve();
  #stop = new AbortController();
  #closed = false;
  /** Since when the supply is off, ns; undefined while it is on. */
  #offSince: bigint | undefined;

  constructor(options: GpioControlOptions) {
    const { powerKey, reset, supply, powered } = options.keys;
    this.#options = options;
    this.driver = options.driver.name;
    this.capabilities = {
      powerKey: powerKey !== undefined,
      reset: reset !== undefined,
      supplyCut: supply !== undefined,
      powered: powered !== undefined,
      truth: false,
    };
  }

  on = (): Promise<void> => this.#inTurn((lines, signal) => this.#on(lines, signal));
  off = (): Promise<void> => this.#inTurn((lines, signal) => this.#off(lines, signal));
  reset = (): Promise<void> => this.#inTurn((lines, signal) => this.#reset(lines, signal));
  powerKey = (): Promise<void> => this.#inTurn((lines, signal) => this.#powerKey(lines, signal));
  powered = (): Promise<boolean | undefined> =>
    this.#inTurn(({ powered }, signal) => powered?.powered(signal) ?? Promise.resolve(undefined));

  /** Cuts short what is going on: whoever asks for rest has waited long enough. */
  rest(): Promise<void> {
    this.#interrupt();
    return this.#inTurn((lines) => this.#rest(lines));
  }

  onTruth(): () => void {
    return () => {};
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#interrupt();
    const lines = this.#lines;
    this.#lines = undefined;
    return this.#after(async () => {
      // A claim that failed has released what it had.
      const claimed = await lines?.catch(() => undefined);
      if (claimed) await releaseAll(linesToRelease(claimed));
    });
  }

  /** The lines claimed so far, for the record: where each was found, and what an earlier run had left of it. */
  async facts(): Promise<string[]> {
    const { powerKey, reset, supply, powered } = (await this.#lines) ?? {};
    const lines = [powerKey, reset, supply, powered].flatMap((user): InputLine[] =>
      user ? [user.line] : [],
    );
    return lines.map(({ place, leftover }) => (leftover ? `${place}: was left exported, put right` : place));
  }

  async #on({ supply, powerKey, powered }: BoardLines, signal: AbortSignal): Promise<void> {
    if (!supply && !powerKey) throw missingLineError('on', 'control.supply and no control.powerKey');
    if (supply && this.#offSince === undefined && !powered) throw supplyOnError();
    if (supply) {
      await this.#discharged(signal);
      await supply.set(true);
      this.#offSince = undefined;
      await this.#pause(this.#options.keys.supply?.settleMs ?? 0, signal);
    }
    // A board whose power key is tied down starts by itself; a key on a running module is no documented input.
    if (powerKey && !(await powered?.powered(signal))) await powerKey.press(signal);
    await this.#expectPowered({ powered }, 'it was switched on', signal);
  }

  async #off({ supply, powered }: BoardLines, signal: AbortSignal): Promise<void> {
    if (!supply) throw missingLineError('off', 'control.supply');
    await supply.set(false);
    this.#offSince ??= this.#options.clock.now();
    await this.#discharged(signal);
    if (await powered?.powered(signal)) throw stillPoweredError(this.#options.keys);
  }

  async #reset({ reset, powered }: BoardLines, signal: AbortSignal): Promise<void> {
    await required(reset, 'reset').press(signal);
    // VDD_EXT toggles while RESET is held: only after the release does its level mean anything.
    await this.#expectPowered({ powered }, 'a reset pulse', signal);
  }

  async #powerKey({ powerKey, supply, powered }: BoardLines, signal: AbortSignal): Promise<void> {
    const key = required(powerKey, 'powerKey');
    if (supply && this.#offSince !== undefined) throw supplyOffError();
    if (await powered?.powered(signal)) throw moduleRunsError();
    await key.press(signal);
    await this.#expectPowered({ powered }, 'its power key was pressed', signal);
  }

  async #rest({ powerKey, reset, supply }: BoardLines): Promise<void> {
    const on = this.#options.keys.supply?.atRest === 'on';
    await everyOne([
      ...[powerKey, reset].flatMap((key) => (key ? [() => key.release()] : [])),
      ...(supply ? [() => supply.set(on)] : []),
    ]);
    this.#noteSupply(on);
  }

  #noteSupply(on: boolean): void {
    if (on) this.#offSince = undefined;
    else this.#offSince ??= this.#options.clock.now();
  }

  /** Waits until the supply has been off for its time: less is no cut. */
  async #discharged(signal: AbortSignal): Promise<void> {
    const { keys, clock } = this.#options;
    if (this.#offSince !== undefined)
      await waitUntil(clock, this.#offSince + toNs(keys.supply?.offMs ?? 0), signal);
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    await waitUntil(clock, clock.now() + toNs(ms), signal);
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
    if (this.#closed) throw new HilError('CONTROL_FAILED', 'the control driver was closed');
    const { signal } = this.#stop;
    return this.#after(async () => {
      refuseWhenStopped(signal);
      return act(await this.#claimed(), signal);
    });
  }

  #after<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => {});
    return done;
  }

  /** Claims the lines at the first call; a claim that failed is tried again at the next. */
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
 * The board behind GPIO lines. Lines are claimed, at their resting levels, by the first call. Calls come one after
 * the other; `rest` and `close` cut short what is going on (it rejects ABORTED). Beside what `Control` says, calls
 * reject with GPIO_… errors.
 */
export const openGpioControl = (options: GpioControlOptions): GpioControl => new GpioControl(options);
