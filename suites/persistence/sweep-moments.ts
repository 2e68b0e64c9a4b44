import type { CutMoment } from '../../harness/jest/suite.ts';

/** A cut of a sweep, as far as it decides where the next one falls. */
export interface Swept {
  readonly moment: CutMoment;
  /** When it was asked for in truth, ms after the save's last byte was sent: a busy machine is late. */
  readonly cutMs: number;
  /** When OK came; undefined if the supply was cut before. */
  readonly okMs: number | undefined;
  readonly found: 'old' | 'new' | 'spoiled';
}

/** The first cuts, ms after the save's last byte: before it, then three in a tenfold time, since nobody knows which counts. */
const coarseMs: readonly number[] = [-2, 3, 10, 30, 100, 300, 1_000, 3_000];

/** The moment at which old becomes new is known well enough when it lies within 5 ms, or within a tenth of itself. */
const CLOSE_MS = 5;
const CLOSE_SHARE = 0.1;

/** What a sweep may cost: each cut is a save, a boot and a reading. */
export const MOST_CUTS = 14;

/** A cut that comes so much later than T after OK, ms, says little of T: it is made again, twice at most. */
const LATE_MS = 10;
const MOST_AT_T = 3;

/**
 * Where the next cut of a sweep falls. First the coarse moments, upwards until two in a row left the new values; then T
 * after OK, from where on the new values must be found; then halfway between the last cut that left the old values and
 * the first that left the new ones, until the two are close.
 * @param durableMs T
 * @returns undefined at the end, which is at once where a cut has spoiled something
 */
export function nextMoment(cuts: readonly Swept[], durableMs: number): CutMoment | undefined {
  if (cuts.length >= MOST_CUTS || cuts.some(({ found }) => found === 'spoiled')) return undefined;
  const atT = cuts.filter(({ moment }) => 'afterOkMs' in moment);
  if (atT.length === 0) {
    const [first, second] = cuts.slice(-2);
    const coarse = coarseMs[cuts.length];
    const enough = first?.found === 'new' && second?.found === 'new';
    if (!enough && coarse !== undefined) return { afterByteMs: coarse };
  }
  const isSharp = ({ found, cutMs, okMs = 0 }: Swept): boolean =>
    found === 'old' || cutMs - okMs <= durableMs + LATE_MS;
  if (atT.length < MOST_AT_T && !atT.some(isSharp)) return { afterOkMs: durableMs };
  const [lastOld, firstNew] = interval(cuts);
  const apart = firstNew - lastOld;
  if (!Number.isFinite(apart) || apart <= Math.max(CLOSE_MS, CLOSE_SHARE * firstNew)) return undefined;
  return { afterByteMs: between(lastOld, firstNew) };
}

/** The last cut that left the old values, and the first that left the new ones, ms; infinite where there is none. */
export function interval(cuts: readonly Pick<Swept, 'cutMs' | 'found'>[]): readonly [number, number] {
  const of = (which: Swept['found']): readonly number[] =>
    cuts.filter(({ found }) => found === which).map(({ cutMs }) => cutMs);
  return [Math.max(...of('old')), Math.min(...of('new'))];
}

/** Halfway in proportion, as the coarse moments are; near the last byte, in milliseconds. */
const between = (a: number, b: number): number => Math.round(a < 3 ? (a + b) / 2 : Math.sqrt(a * b));
