import { type Cancel, type Clock, msToNs } from '../base/clock.ts';

/** Items to write, by name; `undefined` erases an item. */
export type NvramChanges = ReadonlyMap<string, string | undefined>;

/** The module's non-volatile memory as commands see it: named items, one per field (BC26.md §9). */
export interface Nvram {
  /** The newest value, whether or not it would survive a supply cut by now. Undefined: nothing there. */
  read(item: string): string | undefined;
  /**
   * Saves a record as one transaction: after a supply cut all of it is found, or nothing. Items that hold
   * their value already are not written (firmware A03 compares first, BC26.md §7).
   */
  commit(changes: NvramChanges): void;
}

/** What keeps the durable items between two lives of the program. */
export interface NvramStore {
  load(): ReadonlyMap<string, string>;
  save(items: ReadonlyMap<string, string>): void;
}

interface Transaction {
  readonly changes: NvramChanges;
  readonly durableAt: bigint;
}

/** The flash behind `Nvram`: writing takes time, and what is not written yet a supply cut loses. */
export class NvramFlash implements Nvram {
  readonly #clock: Clock;
  readonly #store: NvramStore;
  readonly #itemMs: () => number;
  readonly #durable: Map<string, string>;
  #pending: readonly Transaction[] = [];
  #cancel: Cancel | undefined;

  /** `itemMs`: how long writing one item takes, asked at each commit (ms). */
  constructor(clock: Clock, store: NvramStore, itemMs: () => number) {
    this.#clock = clock;
    this.#store = store;
    this.#itemMs = itemMs;
    this.#durable = new Map(store.load());
  }

  read(item: string): string | undefined {
    const newest = this.#pending.findLast(({ changes }) => changes.has(item));
    return newest ? newest.changes.get(item) : this.#durable.get(item);
  }

  commit(changes: NvramChanges): void {
    const changed = new Map([...changes].filter(([item, value]) => this.read(item) !== value));
    if (changed.size === 0) return;
    const now = this.#clock.now();
    // One flash: a transaction waits for those before it.
    const free = this.#pending.at(-1)?.durableAt ?? now;
    const durableAt = (free > now ? free : now) + msToNs(changed.size * this.#itemMs());
    this.#pending = [...this.#pending, { changes: changed, durableAt }];
    this.#arm();
  }

  /** An orderly end (reset, power-off): everything is written. */
  flush(): void {
    this.#finish(this.#pending);
  }

  /** The supply is gone: what was not durable by now is lost. */
  cut(): void {
    const now = this.#clock.now();
    this.#finish(this.#pending.filter(({ durableAt }) => durableAt <= now));
    this.#pending = [];
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
