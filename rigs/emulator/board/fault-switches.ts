import { describeNearest } from '../base/nearest.ts';
import type { Fault } from '../faults/fault.ts';
import { generatedCells, isGenerated } from '../faults/generated/cells.ts';

export class FaultSwitches {
  readonly #known: readonly Fault[];
  /** A generated fault remembers what its module did, so that each module has its own. */
  readonly #made = new Map<string, Fault>();
  #on: readonly Fault[] = [];

  /** @param known the named faults */
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
    this.#made.delete(id);
  }

  #find(id: string): Fault {
    const fault = this.#known.find((known) => known.id === id) ?? this.#generated(id);
    if (fault) return fault;
    const generated = isGenerated(id);
    const ids = generated ? generatedCells() : this.#known;
    const near = describeNearest(
      id,
      ids.map((known) => known.id),
    );
    const listed = `bc26-hil emulate --${generated ? 'generated' : 'faults'} lists them all`;
    throw new Error(`no fault is called ${JSON.stringify(id.slice(0, 60))}${near}; ${listed}`);
  }

  #generated(id: string): Fault | undefined {
    const made =
      this.#made.get(id) ??
      generatedCells()
        .find((cell) => cell.id === id)
        ?.make();
    if (made) this.#made.set(id, made);
    return made;
  }
}
