import type { FaultFacts } from '../../../rigs/control/emulator-faults.ts';
import { HilError } from '../../base/error.ts';
import { escapeText } from '../../base/escape.ts';
import { didYouMean } from '../../base/nearest.ts';
import { catalogue } from '../../clauses/catalogue.ts';

/** A firmware whose qualification shows something of the suites. */
export interface Cell {
  /** `fault`: a firmware that is wrong in one way; `control`: a sound one. */
  readonly kind: 'fault' | 'control';
  /** Unique; a fault's id. */
  readonly name: string;
  readonly describe: string;
  /** Ids of the clauses that the fault breaks; empty for a control. */
  readonly breaks: readonly string[];
  readonly seed: number;
}

/** A part of all cells: number `part` of `parts`, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly parts: number;
}

export interface CellChoice {
  /** Ids of faults; empty for all, and for the controls as well. */
  readonly faults: readonly string[];
  /** Faults that break one of these clauses only; null for all. */
  readonly clauses: ReadonlySet<string> | null;
  readonly shard: Shard | null;
  readonly seed: number;
}

/** Sound modules that differ in nothing but their test inputs and answer times. */
const CONTROLS = 5;

/**
 * The firmwares that a proof judges, faults in the emulator's order, then controls. A shard takes every n-th, so that
 * families of slow faults are spread over the parts.
 * @throws USAGE for a fault that the emulator does not have, and for one that is said to break what is no clause
 */
export function cellsOf(known: readonly FaultFacts[], choice: CellChoice): readonly Cell[] {
  const { faults, clauses, shard, seed } = choice;
  const ids = known.map(({ id }) => id);
  for (const id of faults) {
    if (ids.includes(id)) continue;
    throw new HilError(
      'USAGE',
      `--fault: the emulator has no fault ${escapeText(id)}${didYouMean(id, ids)}`,
      {
        remedy: 'list them: bc26-hil emulate --faults',
      },
    );
  }
  const wanted = known
    .filter(({ id }) => faults.length === 0 || faults.includes(id))
    .filter(({ breaks }) => clauses === null || breaks.some((clause) => clauses.has(clause)));
  wanted.forEach(requireClauses);
  const all = [
    ...wanted.map((fault) => faultCell(fault, seed)),
    ...(faults.length === 0 ? controls(seed) : []),
  ];
  return shard === null ? all : all.filter((_, index) => index % shard.parts === shard.part - 1);
}

/** The emulator shares nothing with the catalogue, so that a mistyped id shows here first. */
function requireClauses({ id, breaks }: FaultFacts): void {
  const known = catalogue.map((clause) => clause.id);
  const wrong = breaks.find((clause) => !known.includes(clause));
  if (wrong === undefined) return;
  throw new HilError(
    'USAGE',
    `the fault ${escapeText(id)} breaks ${escapeText(wrong)}, which is no clause${didYouMean(wrong, known)}`,
    { remedy: 'mend its entry in rigs/emulator/faults/kinds' },
  );
}

const faultCell = ({ id, describe, breaks }: FaultFacts, seed: number): Cell => ({
  kind: 'fault',
  name: id,
  describe,
  breaks,
  seed,
});

const controls = (seed: number): Cell[] =>
  Array.from({ length: CONTROLS }, (_, index) => ({
    kind: 'control',
    name: `healthy-${index + 1}`,
    describe: `the emulated module without faults, test inputs of seed ${seed + index}`,
    breaks: [],
    seed: seed + index,
  }));
