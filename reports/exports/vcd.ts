import type { Write } from './export.ts';

/** A value change dump (IEEE 1364 §18) of lines of one bit, with times in µs. */
export interface Vcd<Wire extends string> {
  /** A level at a time, ns from the start. Times may come out of order by less than `SLACK_NS`. */
  set(wire: Wire, at: number, level: 0 | 1): void;
  /** Writes what has not been written, up to this time. */
  end(at: number): void;
  /** How many changes were written. */
  readonly changes: number;
}

/** How far apart the times of two calls may be out of order, ns. */
export const SLACK_NS = 1e9;

interface Change<Wire> {
  readonly at: number;
  readonly wire: Wire;
  readonly level: 0 | 1;
}

/** Starts a dump. @param initial the wires with their levels at the start, in the order shown */
export function createVcd<Wire extends string>(
  write: Write,
  initial: Readonly<Record<Wire, 0 | 1>>,
  facts: { readonly date: string; readonly comment: string },
): Vcd<Wire> {
  const wires = Object.keys(initial) as Wire[];
  const ids = new Map(wires.map((wire, index) => [wire, String.fromCharCode('!'.charCodeAt(0) + index)]));
  const levels: Record<Wire, 0 | 1> = { ...initial };
  let waiting: Change<Wire>[] = [];
  let newest = 0;
  let flushed = 0;
  let writtenUs = 0;
  let changes = 0;

  write(`$date ${facts.date} $end\n$version bc26-hil $end\n$comment ${facts.comment} $end\n`);
  write(`$timescale 1 us $end\n$scope module bench $end\n`);
  for (const wire of wires) write(`$var wire 1 ${ids.get(wire)!} ${wire} $end\n`);
  write(`$upscope $end\n$enddefinitions $end\n#0\n$dumpvars\n`);
  for (const wire of wires) write(`${initial[wire]}${ids.get(wire)!}\n`);
  write('$end\n');

  function writeChange({ at, wire, level }: Change<Wire>): void {
    if (levels[wire] === level) return;
    levels[wire] = level;
    const us = Math.max(Math.round(at / 1_000), writtenUs);
    if (us > writtenUs) write(`#${us}\n`);
    writtenUs = us;
    changes++;
    write(`${level}${ids.get(wire)!}\n`);
  }

  function flush(until: number): void {
    const sorted = waiting.sort((a, b) => a.at - b.at);
    const cut = sorted.findIndex(({ at }) => at > until);
    waiting = cut < 0 ? [] : sorted.slice(cut);
    for (const change of cut < 0 ? sorted : sorted.slice(0, cut)) writeChange(change);
  }

  return {
    set(wire, at, level) {
      waiting.push({ at, wire, level });
      newest = Math.max(newest, at);
      // Not more often: each flush sorts what waits.
      if (newest - flushed < 2 * SLACK_NS) return;
      flushed = newest - SLACK_NS;
      flush(flushed);
    },
    end(at) {
      flush(Infinity);
      write(`#${Math.max(Math.round(at / 1_000), writtenUs)}\n`);
    },
    get changes() {
      return changes;
    },
  };
}
