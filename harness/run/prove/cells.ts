import type { FaultFacts, GeneratedFacts } from '../../../rigs/control/emulator-faults.ts';
import type { SoundSetting } from '../../../rigs/control/emulator-settings.ts';
import { HilError } from '../../base/error.ts';
import { escapeText } from '../../base/escape.ts';
import { globPattern } from '../../base/glob.ts';
import { didYouMean } from '../../base/nearest.ts';
import { catalogue } from '../../clauses/catalogue.ts';
import type { Cell } from './cell.ts';
import { draw } from './draw.ts';
import { variantCells } from './variants.ts';

/** A part of all cells: number `part` of `parts`, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly parts: number;
}

export interface CellChoice {
  /** Ids of faults; empty for all, and for healthy-1 to 5 as well, unless `controls` says which. */
  readonly faults: readonly string[];
  /** Only controls of these names, in which * stands for any characters, beside `faults`; null for all, and for all faults. */
  readonly controls: string | null;
  /** Faults that break one of these clauses only; null for all. */
  readonly clauses: ReadonlySet<string> | null;
  /** So many of the generated faults, drawn by the seed, and nothing else; null for none. */
  readonly generated?: number | null;
  readonly shard: Shard | null;
  readonly seed: number;
}

/** What the emulator can be. */
interface Known {
  readonly faults: readonly FaultFacts[];
  /** Needed only where some are chosen. */
  readonly generated?: readonly GeneratedFacts[];
  readonly settings: readonly SoundSetting[];
}

/** Sound modules that differ in nothing but their test inputs and answer times. */
const HEALTHY = 5;

/**
 * The firmwares that a proof judges, faults in the emulator's order, then controls. A shard takes every n-th, so that
 * families of slow faults are spread over the parts.
 * @throws USAGE for a fault that the emulator does not have, for one that is said to break what is no clause, and where
 * none is left
 */
export function cellsOf(known: Known, choice: CellChoice): readonly Cell[] {
  const { generated = null, shard, seed } = choice;
  const all =
    generated === null
      ? namedCells(known, choice)
      : faultCells(draw(known.generated ?? [], generated, seed), seed);
  if (all.length === 0) {
    throw new HilError('USAGE', 'no chosen fault breaks a chosen clause: there is nothing to judge', {
      remedy: 'see what each breaks: bc26-hil emulate --faults',
    });
  }
  return shard === null ? all : all.filter((_, index) => index % shard.parts === shard.part - 1);
}

function namedCells({ faults: named, generated = [], settings }: Known, choice: CellChoice): readonly Cell[] {
  const { faults, clauses, controls, seed } = choice;
  const known = faults.length === 0 ? named : [...named, ...generated];
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
  const wanted = (controls === null || faults.length > 0 ? known : [])
    .filter(({ id }) => faults.length === 0 || faults.includes(id))
    .filter(({ breaks }) => clauses === null || breaks.some((clause) => clauses.has(clause)));
  return [
    ...faultCells(wanted, seed),
    ...(faults.length === 0 || controls !== null ? controlsOf(settings, { controls, seed }) : []),
  ];
}

function faultCells(wanted: readonly (FaultFacts | GeneratedFacts)[], seed: number): Cell[] {
  wanted.forEach(requireClauses);
  return wanted.map((fault) => faultCell(fault, seed));
}

/** The emulator shares nothing with the catalogue, so that a mistyped id shows here first. */
function requireClauses({ id, breaks }: FaultFacts): void {
  const known = catalogue.map((clause) => clause.id);
  const wrong = breaks.find((clause) => !known.includes(clause));
  if (wrong === undefined) return;
  throw new HilError(
    'USAGE',
    `the fault ${escapeText(id)} breaks ${escapeText(wrong)}, which is no clause${didYouMean(wrong, known)}`,
    { remedy: 'mend what makes it, in rigs/emulator/faults' },
  );
}

const faultCell = (fault: FaultFacts | GeneratedFacts, seed: number): Cell => ({
  kind: 'fault',
  name: fault.id,
  describe: fault.describe,
  breaks: fault.breaks,
  seed,
  ...('operator' in fault && { generated: { operator: fault.operator, place: fault.place } }),
});

/** Whether these choices concern the generated faults, whose list is long. */
export const needsGenerated = ({ generated, faults }: Pick<CellChoice, 'generated' | 'faults'>): boolean =>
  typeof generated === 'number' || faults.some((id) => id.startsWith('gen.'));

/**
 * Sound modules. Those that differ where the note is silent take hours, so they are judged only when they are asked
 * for.
 */
function controlsOf(
  settings: readonly SoundSetting[],
  { controls, seed }: Pick<CellChoice, 'controls' | 'seed'>,
): readonly Cell[] {
  if (controls === null) return healthy(seed);
  const all = [...healthy(seed), ...variantCells(settings, seed)];
  const patterns = controls.split(',').map((glob) => globPattern(glob.trim()));
  const chosen = all.filter(({ name }) => patterns.some((pattern) => pattern.test(name)));
  if (chosen.length > 0) return chosen;
  throw new HilError('USAGE', `--control: no sound module is called ${escapeText(controls)}`, {
    remedy: 'as in healthy-1, pairs-* or random-*',
  });
}

const healthy = (seed: number): Cell[] =>
  Array.from({ length: HEALTHY }, (_, index) => ({
    kind: 'control',
    name: `healthy-${index + 1}`,
    describe: `the emulated module without faults, test inputs of seed ${seed + index}`,
    breaks: [],
    seed: seed + index,
  }));
