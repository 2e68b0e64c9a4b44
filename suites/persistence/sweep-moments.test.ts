import { interval, MOST_CUTS, nextMoment, type Swept } from './sweep-moments.ts';

/** The OK of these modules comes so long after the last byte, ms. */
const OK_MS = 15;
const T_MS = 60;

/** Sweeps a module whose save is durable at a moment, ms after the last byte; on a machine that is late by `lateMs`. */
function sweepOf(
  durableAtMs: (cut: number) => number,
  { spoiledFrom = Infinity, lateMs = 0 }: { spoiledFrom?: number; lateMs?: number } = {},
): Swept[] {
  const cuts: Swept[] = [];
  for (;;) {
    const moment = nextMoment(cuts, T_MS);
    if (!moment) return cuts;
    const cutMs = lateMs + ('afterByteMs' in moment ? moment.afterByteMs : OK_MS + moment.afterOkMs);
    const kept = cutMs < durableAtMs(cuts.length) ? 'old' : 'new';
    cuts.push({
      moment,
      cutMs,
      okMs: cutMs < OK_MS ? undefined : OK_MS,
      found: cutMs >= spoiledFrom ? 'spoiled' : kept,
    });
  }
}

const atT = (cuts: readonly Swept[]): readonly Swept[] => cuts.filter(({ moment }) => 'afterOkMs' in moment);

test('begins before the last byte, goes up until two cuts left the new values, then looks at T', () => {
  const cuts = sweepOf(() => 24);
  expect(cuts.slice(0, 5).map(({ cutMs }) => cutMs)).toEqual([-2, 3, 10, 30, 100]);
  expect(cuts[5]?.moment).toEqual({ afterOkMs: T_MS });
});

test.each([2, 8, 24, 38, 75, 130, 340, 900, 2_050])('finds a save that is durable after %d ms', (durable) => {
  const cuts = sweepOf(() => durable);
  const [old, fresh] = interval(cuts);
  expect(old).toBeLessThan(durable);
  expect(fresh).toBeGreaterThanOrEqual(durable);
  expect(fresh - old).toBeLessThanOrEqual(Math.max(5, 0.1 * fresh));
  expect(atT(cuts)).toHaveLength(1);
  expect(cuts.length).toBeLessThanOrEqual(MOST_CUTS);
});

test('a healthy emulated record takes ten cuts at most', () => {
  for (const durable of [7, 9, 14, 19, 22, 28, 30, 38]) {
    expect(sweepOf(() => durable).length).toBeLessThanOrEqual(10);
  }
});

test.each([
  ['never saves', Infinity],
  ['saved before the last byte was sent', -10],
])('ends with a module that %s', (_what, durable) => {
  const cuts = sweepOf(() => durable);
  expect(cuts.length).toBeLessThanOrEqual(10);
  expect(atT(cuts)).toHaveLength(1);
});

test('ends where the time of a save differs from cut to cut', () => {
  const cuts = sweepOf((cut) => 20 + 15 * (cut % 3));
  expect(cuts.length).toBeLessThanOrEqual(MOST_CUTS);
});

test('looks at T again, twice at most, where the cut came late', () => {
  expect(atT(sweepOf(() => 24, { lateMs: 11 }))).toHaveLength(3);
  expect(atT(sweepOf(() => 24, { lateMs: 9 }))).toHaveLength(1);
});

test('ends at the first cut that spoiled something', () => {
  const cuts = sweepOf(() => 24, { spoiledFrom: 8 });
  expect(cuts.map(({ found }) => found)).toEqual(['old', 'old', 'spoiled']);
});
