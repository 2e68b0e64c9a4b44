import { describeNearest } from '../base/nearest.ts';
import type { Fault } from '../faults/fault.ts';

export class FaultSwitches {
  readonly #known: readonly Fault[];
  #on: readonly Fault[] = [];

  constructor(known: readonly Fault[]) {
    this.#known = known;
  }

  /** The faults that are on, the oldest first. */
  current(): readonly Fault[] {
    return this.#on;
  }

  /** @throws Error of one line with the nearest ids, if there is no such fault */
  switchOn(id: string): void {
    const fault = this.#find(id);
    if (!this.#on.includes(fault)) this.#on = [...this.#on, fault];
  }

  switchOff(id: string): void {
    const fault = this.#find(id);
    this.#on = this.#on.filter((other) => other !== fault);
  }

  #find(id: string): Fault {
    const fault = this.#known.find((known) => known.id === id);
    if (fault) return fault;
    const near = describeNearest(
      id,
      this.#known.map((known) => known.id),
    );
    throw new Error(
      `no fault is called ${JSON.stringify(id.slice(0, 60))}${near}; bc26-hil emulate --faults lists them all`,
    );
  }
}
