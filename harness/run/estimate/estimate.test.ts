import type { RunTimes } from '../../../rigs/state/run-times.ts';
import type { BoardFacts } from './board-facts.ts';
import { estimate, expectedOf, type PartEstimate } from './estimate.ts';
import { costsOf, END, measuredOn, START } from './measured-costs.ts';

const emulated: BoardFacts = { emulated: true, ...measuredOn };
const real: BoardFacts = { emulated: false, bootMs: 5_000, answerMs: measuredOn.answerMs, clock: 1 };

/** Every test of the profile that the board can do. */
const whole = (profile: 'smoke' | 'nightly' | 'release', board = emulated): Map<string, number> =>
  new Map(
    [...costsOf(profile)].flatMap(([file, { tests, localCauseTests }]) =>
      file === START || file === END ? [] : [[file, tests - (board.emulated ? 0 : localCauseTests)]],
    ),
  );

const inAll = (parts: readonly PartEstimate[]): number => parts.reduce((sum, { ms }) => sum + ms, 0);
const nightly = (board: BoardFacts, earlier: readonly RunTimes[] = []) =>
  estimate({ profile: 'nightly', board, tests: whole('nightly', board), earlier });

/** A fifth is what a user may rely on. */
const within = (ms: number): [number, number] => [ms * 0.8, ms * 1.2];

test.each([
  ['the emulated board', emulated, 140_600],
  [
    'the night on a board that is known as a real one: boots of 5 s, network time as it is',
    real,
    (27 * 60 + 49) * 1000,
  ],
  [
    'the night at real network time on the emulated board, with boots of 5 s',
    { ...emulated, bootMs: measuredOn.bootMs + 3_500, clock: 1 },
    (32 * 60 + 48) * 1000,
  ],
])('nightly runs are foretold as they were: %s', (_, board, measuredMs) => {
  const [least, most] = within(measuredMs);
  const ms = inAll(nightly(board));
  expect(ms).toBeGreaterThan(least);
  expect(ms).toBeLessThan(most);
});

/**
 * A smoke run of the emulated board that the costs were not taken from: 2026-11-30, commit e29c5f2, seed 20261130, 2 cores
 * that had other work, Node 20.20. The times of its profile in the table are reckoned from a nightly run.
 */
const recorded = {
  tests: new Map([
    ['10-access-forms.suite.ts', 13],
    ['20-access-records.suite.ts', 8],
    ['21-access-erase.suite.ts', 8],
    ['30-extended-records.suite.ts', 22],
    ['40-access-boundaries.suite.ts', 6],
    ['41-access-addresses.suite.ts', 4],
    ['45-extended-boundaries.suite.ts', 2],
    ['50-errors.suite.ts', 1],
    ['60-persistence.suite.ts', 24],
    ['70-robustness.suite.ts', 8],
    ['90-run.suite.ts', 22],
  ]),
  ...{ ms: 26_193, nvramWrites: 98, reboots: 2 },
};

test('a run that the costs were not taken from is foretold: its time, NVRAM writes and reboots', () => {
  const parts = estimate({ profile: 'smoke', board: emulated, tests: recorded.tests, earlier: [] });
  const writes = parts.reduce((sum, { nvramWrites }) => sum + nvramWrites, 0);
  for (const [foretold, measured] of [
    [inAll(parts), recorded.ms],
    [writes, recorded.nvramWrites],
  ] as const) {
    const [least, most] = within(measured);
    expect(foretold).toBeGreaterThan(least);
    expect(foretold).toBeLessThan(most);
  }
  expect(parts.reduce((sum, { reboots }) => sum + reboots, 0)).toBe(recorded.reboots);
});

test('slower boots, slower answers and slower network time each count where they occur', () => {
  const partOf = (board: BoardFacts, part: string) => nightly(board).find((found) => found.part === part);
  const ms = (board: BoardFacts, part: string): number => partOf(board, part)?.ms ?? NaN;
  const more = (change: Partial<BoardFacts>, part: string): number =>
    ms({ ...emulated, ...change }, part) - ms(emulated, part);
  expect(more({ bootMs: measuredOn.bootMs + 1_000 }, START)).toBeCloseTo(1_000);
  expect(more({ bootMs: measuredOn.bootMs + 1_000 }, '60-persistence.suite.ts')).toBeCloseTo(12_000);
  expect(more({ bootMs: measuredOn.bootMs + 1_000 }, '50-errors.suite.ts')).toBeCloseTo(0);
  const answers = costsOf('nightly').get('50-errors.suite.ts')?.exchanges ?? NaN;
  expect(more({ answerMs: measuredOn.answerMs + 100 }, '50-errors.suite.ts')).toBeCloseTo(100 * answers);
  expect(more({ clock: 1 }, '50-errors.suite.ts')).toBeCloseTo(0);
  expect(more({ clock: 1 }, '82-platform.suite.ts')).toBeGreaterThan(1_000_000);
  expect(partOf({ ...emulated, clock: 1 }, '82-platform.suite.ts')?.networkMs).toBeCloseTo(1_700_000);
});

test('a board that cannot switch the local causes on does not wait for them', () => {
  const waits = (board: BoardFacts) =>
    nightly(board).find(({ part }) => part === '82-platform.suite.ts')?.networkMs ?? NaN;
  expect(waits({ ...emulated, clock: 1 }) - waits(real)).toBeCloseTo(327_000);
});

test('a chapter of which some tests are run takes that share of its time, writes and reboots', () => {
  const tests = new Map([['60-persistence.suite.ts', 75]]);
  const [, part] = estimate({ profile: 'nightly', board: emulated, tests, earlier: [] });
  const cost = costsOf('nightly').get('60-persistence.suite.ts');
  expect(part).toMatchObject({ tests: 75, nvramWrites: (cost?.nvramWrites ?? 0) / 2, reboots: 6 });
  expect(part?.ms).toBeCloseTo((cost?.ms ?? 0) / 2);
});

test('earlier runs of the rig tell more than runs elsewhere, for the chapters that they had', () => {
  const earlier = [
    { startMs: 9_000, endMs: 3_000, chapters: { '50-errors.suite.ts': { ms: 22_000, tests: 11 } } },
  ];
  const ms = new Map(nightly(real, earlier).map((part) => [part.part, part.ms]));
  expect(ms.get(START)).toBe(9_000);
  expect(ms.get(END)).toBe(3_000);
  expect(ms.get('50-errors.suite.ts')).toBe(22_000);
  const without = nightly(real).find(({ part }) => part === '70-robustness.suite.ts');
  expect(ms.get('70-robustness.suite.ts')).toBe(without?.ms);
});

test('the progress of a run expects the same: each test has its share of its file', () => {
  const night = { ...emulated, clock: 1 };
  const parts = nightly(night);
  const expected = expectedOf(parts, whole('nightly'));
  const planned = [...whole('nightly')].reduce((sum, [file, n]) => sum + n * expected.perTestMs(file), 0);
  expect(expected.startMs + planned + expected.endMs).toBeCloseTo(inAll(parts));
  expect(expected.perTestMs('82-platform.suite.ts')).toBeGreaterThan(30_000);
});
