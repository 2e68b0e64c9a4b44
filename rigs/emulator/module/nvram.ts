import { type Cancel, type Clock, msToNs } from '../base/clock.ts';

/** Items to write, by name; `undefined` erases an item. */
export type NvramChanges = ReadonlyMap<string, string | undefined>;

/** The module's non-volatile memory as commands see it: named items, one per field (BC26.md §9). */
export interface Nvram {
  /** The newest value, durable or not. Undefined: no such item. */
  read(item: string): string | undefined;
  /**
   * Saves a record as one transaction: after a supply cut either all of it is there or nothing. Items that have
   * the value already are not written (firmware A03 compares first, BC26.md §7).
   */
  commit(changes: NvramChanges): void;
}

/** Keeps the durable items between two runs of the program. */
export interface NvramStore {
  load(): ReadonlyMap<string, string>;
  save(items: ReadonlyMap<string, string>): void;
}

interface Transaction {
  readonly changes: NvramChanges;
  readonly durableAt: bigint;
}

/** How long the flash takes, ms; each is called once a transaction. */
export interface FlashTimes {
  /** Until one item is written. */
  itemMs(): number;
  /** From the commit until its writing begins; the healthy module begins at once. */
  waitMs?(): number;
}

/** The flash behind `Nvram`. Writing takes time; a supply cut loses what is not written yet. */
export class NvramFlash implements Nvram {
  readonly #clock: Clock;
  readonly #store: NvramStore;
  readonly #times: FlashTimes;
  readonly #durable: Map<string, string>;
  #pending: readonly Transaction[] = [];
  #busyUntil = 0n;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, store: NvramStore, times: FlashTimes) {
    this.#clock = clock;
    this.#store = store;
    this.#times = times;
    this.#durable = new Map(store.load());
  }

  read(item: string): string | undefined {
    const newest = this.#pending.findLast(({ changes }) => changes.has(item));
    return newest ? newest.changes.get(item) : this.#durable.get(item);
  }

  /**
   * When the writing of all that was committed is through, by the clock; `waitMs` is left out. A module that saves again
   * before then has to keep its answer back, or saves would pile up and be durable ever later.
   */
  get busyUntil(): bigint {
    return this.#busyUntil;
  }

  commit(changes: NvramChanges): void {
    const changed = new Map([...changes].filter(([item, value]) => this.read(item) !== value));
    if (changed.size === 0) return;
    const now = this.#clock.now();
    const begin = now + msToNs(this.#times.waitMs?.() ?? 0);
    const writing = msToNs(changed.size * this.#times.itemMs());
    // One flash: a transaction waits for those before it.
    this.#busyUntil = later(this.#busyUntil, now) + writing;
    const durableAt = later(this.#pending.at(-1)?.durableAt ?? begin, begin) + writing;
    this.#pending = [...this.#pending, { changes: changed, durableAt }];
    this.#arm();
  }

  /** Writes everything: a reset or an orderly power-off. */
  flush(): void {
    this.#finish(this.#pending);
    this.#busyUntil = this.#clock.now();
  }

  /** Loses what is not durable: a supply cut. */
  cut(): void {
    const now = this.#clock.now();
    this.#finish(this.#pending.filter(({ durableAt }) => durableAt <= now));
    this.#pending = [];
    this.#busyUntil = now;
    this.#arm();
  }

  #finish(done: readonly Transaction[]): void {
    if (done.length === 0) return;
    for (const { changes } of done) {
      for (const [item, value] of changes) {
        if (value === undefined) this.#durable.delete(item);
        else this.#durable.set(item, value);
      }
    }
    this.#pending = this.#pending.slice(done.length);
    this.#store.save(this.#durable);
    this.#arm();
  }

  #arm(): void {
    this.#cancel?.();
    const next = this.#pending[0];
    this.#cancel = next && this.#clock.at(next.durableAt, () => this.#finish([next]));
  }
}

const later = (one: bigint, other: bigint): bigint => (one > other ? one : other);
