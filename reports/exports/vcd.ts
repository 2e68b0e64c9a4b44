import type { Write } from './export.ts';
import type { Edge } from './serial-wave.ts';

/** A value change dump (IEEE 1364 §18) of lines of one bit, with times in µs. */
export interface Vcd<Wire extends string> {
  /** Changes of a wire in order of time, none before those that were added to it already; taken as they are written. */
  add(wire: Wire, edges: Iterable<Edge>): void;
  /** Writes the changes up to a time, ns from the start; one that is added later for a time before stands at this time. */
  writeTo(at: number): void;
  /** Writes what has not been written, and the end. */
  end(at: number): void;
  /** How many changes were written. */
  readonly changes: number;
}

/** The edges of a piece, and the piece after it. */
interface Piece {
  readonly edges: Iterator<Edge>;
  next?: Piece;
}

/** Changes that wait, in order; only the next one is made, however many there will be. */
class Pending {
  #first: Piece | undefined;
  #last: Piece | undefined;
  #edge: Edge | undefined;

  add(edges: Iterable<Edge>): void {
    const piece: Piece = { edges: edges[Symbol.iterator]() };
    if (this.#last) this.#last.next = piece;
    else this.#first = piece;
    this.#last = piece;
    if (!this.#edge) this.advance();
  }

  get edge(): Edge | undefined {
    return this.#edge;
  }

  advance(): void {
    this.#edge = undefined;
    while (this.#first) {
      const { done, value } = this.#first.edges.next() as IteratorResult<Edge, undefined>;
      if (!done) return void (this.#edge = value);
      this.#first = this.#first.next;
    }
    this.#last = undefined;
  }
}

/** Starts a dump. @param initial the wires with their levels at the start, in the order shown */
export function createVcd<Wire extends string>(
  write: Write,
  initial: Readonly<Record<Wire, 0 | 1>>,
  facts: { readonly date: string; readonly comment: string },
): Vcd<Wire> {
  const wires = (Object.keys(initial) as Wire[]).map((name, index) => ({
    name,
    id: String.fromCharCode('!'.charCodeAt(0) + index),
    level: initial[name],
    pending: new Pending(),
  }));
  const byName = new Map(wires.map((wire) => [wire.name, wire]));
  let writtenUs = 0;
  let changes = 0;

  write(`$date ${facts.date} $end\n$version bc26-hil $end\n$comment ${facts.comment} $end\n`);
  write(`$timescale 1 us $end\n$scope module bench $end\n`);
  for (const { id, name } of wires) write(`$var wire 1 ${id} ${name} $end\n`);
  write(`$upscope $end\n$enddefinitions $end\n#0\n$dumpvars\n`);
  for (const { id, level } of wires) write(`${level}${id}\n`);
  write('$end\n');

  function writeChange(wire: (typeof wires)[number], [at, level]: Edge): void {
    if (wire.level === level) return;
    wire.level = level;
    const us = Math.max(Math.round(at / 1_000), writtenUs);
    const time = us > writtenUs ? `#${us}\n` : '';
    writtenUs = us;
    changes++;
    write(`${time}${level}${wire.id}\n`);
  }

  function writeTo(until: number): void {
    for (;;) {
      let next: (typeof wires)[number] | undefined;
      let at = until;
      for (const wire of wires) {
        const edge = wire.pending.edge;
        if (!edge || edge[0] > at || (next && edge[0] === at)) continue;
        next = wire;
        at = edge[0];
      }
      if (!next) return;
      writeChange(next, next.pending.edge!);
      next.pending.advance();
    }
  }

  return {
    add: (wire, edges) => byName.get(wire)!.pending.add(edges),
    writeTo,
    end(at) {
      writeTo(Infinity);
      write(`#${Math.max(Math.round(at / 1_000), writtenUs)}\n`);
    },
    get changes() {
      return changes;
    },
  };
}
