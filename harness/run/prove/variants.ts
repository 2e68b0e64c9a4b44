import fc from 'fast-check';

import type { SoundSetting } from '../../../rigs/control/emulator-settings.ts';
import type { Cell } from './cell.ts';
import { type Choice, type Factors, pairwise } from './pairwise.ts';

/** Modules whose settings are drawn at random. */
const DRAWN = 50;

/**
 * Sound modules that differ from the emulated one where the note is silent: as few as show each two values of each two
 * settings together, and some drawn at random by the seed.
 */
export function variantCells(settings: readonly SoundSetting[], seed: number): readonly Cell[] {
  const factors = Object.fromEntries(
    settings.map(({ name, values }) => [name, values.map(({ value }) => value)]),
  );
  const cell = (name: string, choice: Choice, own: number): Cell => ({
    kind: 'control',
    name,
    describe: `sound: ${Object.entries(choice).flat().join(' ')}`,
    breaks: [],
    seed: own,
    variant: { settings: choice, departs: departuresOf(settings, choice) },
  });
  return [
    ...pairwise(factors).map((choice, index) => cell(`pairs-${index + 1}`, choice, seed)),
    ...drawn(factors, seed).map((choice, index) => cell(`random-${index + 1}`, choice, seed + index)),
  ];
}

const drawn = (factors: Factors, seed: number): Choice[] =>
  fc.sample(
    fc.record(
      Object.fromEntries(Object.entries(factors).map(([name, values]) => [name, fc.constantFrom(...values)])),
    ),
    { seed, numRuns: DRAWN },
  );

/** The ids of the clauses that the chosen values depart from. */
const departuresOf = (settings: readonly SoundSetting[], choice: Choice): string[] => [
  ...new Set(
    settings.flatMap(({ name, values }) => values.find(({ value }) => value === choice[name])?.departs ?? []),
  ),
];
