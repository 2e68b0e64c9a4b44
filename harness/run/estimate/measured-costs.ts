import type { Profile } from '../../jest/host/profile.ts';

/** What a part of a run took where it was measured (harness/README.md, "Dry run"). */
export interface ChapterCost {
  readonly tests: number;
  readonly ms: number;
  readonly exchanges: number;
  readonly nvramWrites: number;
  readonly reboots: number;
  /** Boots that nobody counts as reboots: the first. */
  readonly boots: number;
  /** Waits for the module's network, s of network time. */
  readonly networkS: number;
  /** The same where a nightly run waits shorter: at the speed of a real network (`waitsInFull`). */
  readonly shorterS: number;
  /** The part of both for the local causes, which only an emulated board can switch on. */
  readonly localCausesS: number;
  /** How many of the tests are about the local causes. */
  readonly localCauseTests: number;
}

/** Where it was: the emulated board of rigs/emulated.yaml. */
export const measuredOn = { bootMs: 1_750, answerMs: 17.3, clock: 150 } as const;

/**
 * How much slower a real board is taken to be at all that is neither boot nor network, by one night on a board that is
 * slow like a real one: 320 s for the chapters of the configuration, with 14 boots of 5 s, where the emulated board took
 * 108 s with 14 of 1.75 s.
 */
export const REAL_PACE = 3;

/** Before the first test: the board is opened, the module brought up, its switches proven. */
export const START = 'before the first test';
/** After the last test: the module is given back what it held. */
export const END = 'after the last test';

/**
 * Part, tests, ms, exchanges, NVRAM writes, reboots. The nightly run was measured on a machine that did nothing else.
 * Of the other two the exchanges, writes and reboots were measured, and the time is what the nightly run took for as
 * many. A chapter that is not here counts as nothing until it is measured: a test asks for it.
 */
type Row = readonly [string, number, number, number, number, number];

const rows: Readonly<Record<Profile, readonly Row[]>> = {
  smoke: [
    [START, 0, 4000, 19, 0, 0],
    ['10-access-forms.suite.ts', 11, 2753, 37, 4, 1],
    ['20-access-records.suite.ts', 7, 562, 22, 11, 0],
    ['21-access-erase.suite.ts', 8, 1083, 44, 25, 0],
    ['30-extended-records.suite.ts', 23, 1858, 73, 34, 0],
    ['40-access-boundaries.suite.ts', 6, 2013, 85, 4, 0],
    ['41-access-addresses.suite.ts', 3, 778, 32, 3, 0],
    ['45-extended-boundaries.suite.ts', 2, 1030, 36, 2, 0],
    ['50-errors.suite.ts', 1, 357, 17, 0, 0],
    ['60-persistence.suite.ts', 24, 3475, 54, 10, 1],
    ['70-robustness.suite.ts', 8, 1132, 30, 0, 0],
    ['90-run.suite.ts', 22, 253, 0, 0, 0],
    [END, 0, 2136, 69, 9, 0],
  ],
  nightly: [
    [START, 0, 5845, 27, 0, 0],
    ['10-access-forms.suite.ts', 12, 2861, 41, 4, 1],
    ['20-access-records.suite.ts', 11, 2044, 80, 31, 0],
    ['21-access-erase.suite.ts', 8, 1083, 44, 25, 0],
    ['25-erase.suite.ts', 50, 6757, 275, 41, 0],
    ['30-extended-records.suite.ts', 24, 1984, 78, 28, 0],
    ['40-access-boundaries.suite.ts', 10, 3008, 127, 8, 0],
    ['41-access-addresses.suite.ts', 6, 1459, 60, 11, 0],
    ['42-access-keys.suite.ts', 4, 1348, 42, 7, 0],
    ['43-access-options.suite.ts', 16, 4585, 194, 3, 0],
    ['44-access-parameters.suite.ts', 12, 4799, 220, 15, 0],
    ['45-extended-boundaries.suite.ts', 34, 4179, 146, 27, 0],
    ['46-extended-strings.suite.ts', 20, 3009, 127, 57, 0],
    ['47-extended-options.suite.ts', 7, 3713, 164, 6, 0],
    ['50-errors.suite.ts', 11, 4641, 221, 0, 0],
    ['60-persistence.suite.ts', 150, 35058, 440, 92, 12],
    ['70-robustness.suite.ts', 51, 5547, 147, 0, 0],
    ['75-generated.suite.ts', 6, 4629, 199, 15, 0],
    ['80-exploration.suite.ts', 35, 10941, 392, 33, 1],
    ['82-platform.suite.ts', 42, 32515, 706, 45, 5],
    ['90-run.suite.ts', 22, 253, 0, 0, 0],
    [END, 0, 2136, 69, 9, 0],
  ],
  release: [
    [START, 0, 5845, 28, 0, 0],
    ['10-access-forms.suite.ts', 12, 2834, 40, 4, 1],
    ['20-access-records.suite.ts', 11, 2070, 81, 31, 0],
    ['21-access-erase.suite.ts', 8, 1058, 43, 25, 0],
    ['22-repeated-erases.suite.ts', 3, 4500, 127, 75, 1],
    ['25-erase.suite.ts', 50, 6757, 275, 41, 0],
    ['30-extended-records.suite.ts', 24, 2009, 79, 28, 0],
    ['40-access-boundaries.suite.ts', 12, 3600, 152, 21, 0],
    ['41-access-addresses.suite.ts', 8, 2237, 92, 15, 0],
    ['42-access-keys.suite.ts', 8, 9097, 103, 16, 3],
    ['43-access-options.suite.ts', 16, 4585, 194, 3, 0],
    ['44-access-parameters.suite.ts', 12, 4799, 220, 15, 0],
    ['45-extended-boundaries.suite.ts', 61, 7814, 273, 66, 0],
    ['46-extended-strings.suite.ts', 51, 5971, 252, 90, 0],
    ['47-extended-options.suite.ts', 7, 3736, 165, 6, 0],
    ['50-errors.suite.ts', 11, 5586, 266, 0, 0],
    ['60-persistence.suite.ts', 174, 52852, 630, 130, 18],
    ['65-supply-cuts.suite.ts', 93, 86999, 1025, 64, 31],
    ['66-cut-sweep.suite.ts', 36, 183000, 1740, 93, 73],
    ['70-robustness.suite.ts', 51, 5585, 148, 0, 0],
    ['75-generated.suite.ts', 6, 75855, 3261, 132, 0],
    ['80-exploration.suite.ts', 67, 142670, 5558, 474, 4],
    ['82-platform.suite.ts', 43, 40885, 775, 58, 7],
    ['85-timing-samples.suite.ts', 4, 2000, 10, 4, 0],
    ['90-run.suite.ts', 22, 253, 0, 0, 0],
    [END, 0, 2136, 69, 9, 0],
  ],
};

/**
 * The stories of the access states wait for registrations, updates and lifetimes; no other chapter waits for a network. A
 * nightly run at real network time took 1,755 s for them, of which the story of the local causes took 327 s; in full they
 * wait for two more updates of 270 s, and 750 s longer for silence.
 */
const network: Readonly<
  Record<string, Pick<ChapterCost, 'networkS' | 'shorterS' | 'localCausesS' | 'localCauseTests'>>
> = {
  '82-platform.suite.ts': { networkS: 2_990, shorterS: 1_700, localCausesS: 327, localCauseTests: 2 },
};

/** The costs of a whole run of a profile, by part. */
export const costsOf = (profile: Profile): ReadonlyMap<string, ChapterCost> =>
  new Map(
    rows[profile].map(([part, tests, ms, exchanges, nvramWrites, reboots]) => [
      part,
      {
        ...{ tests, ms, exchanges, nvramWrites, reboots },
        boots: part === START ? 1 : 0,
        ...(network[part] ?? { networkS: 0, shorterS: 0, localCausesS: 0, localCauseTests: 0 }),
      },
    ]),
  );
