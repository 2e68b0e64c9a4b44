import { describeNearest } from '../base/nearest.ts';
import type { Fault } from '../faults/fault.ts';

/** Which of the faults are switched on, oldest first. */
export class FaultSwitches {
  readonly #known: readonly Fault[];
  #on: readonly Fault[] = [];

  constructor(known: readonly Fault[]) {
    this.#known = known;
  }

  current(): readonly Fault[] {
    return this.#on;
  }

  /** Throws, with the nearest ids, when there is no such fault. Switching on twice changes nothing. */
  switchOn(id: string): void {
    const fault = this.#find(id);
    if (!this.#on.includes(fault)) this.#on = [...this.#on, fault];
  }

  /** Throws, with the nearest ids, when there is no such fault. */
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
    throw new Error(`no fault is called ${JSON.stringify(id.slice(0, 60))}${near}; --faults lists them all`);
  }
}
