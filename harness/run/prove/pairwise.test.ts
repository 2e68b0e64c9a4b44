import { type Factors, pairwise } from './pairwise.ts';

/** Pairs of values that no choice shows together. */
function unmet(factors: Factors): string[] {
  const choices = pairwise(factors);
  const names = Object.keys(factors);
  return names.flatMap((a, index) =>
    names
      .slice(index + 1)
      .flatMap((b) =>
        factors[a]!.flatMap((one) =>
          factors[b]!.filter((two) => !choices.some((choice) => choice[a] === one && choice[b] === two)).map(
            (two) => `${a} ${one}, ${b} ${two}`,
          ),
        ),
      ),
  );
}

const factorsOf = (...sizes: number[]): Factors =>
  Object.fromEntries(
    sizes.map((size, index) => [`f${index}`, Array.from({ length: size }, (_, value) => `v${value}`)]),
  );

/** At most so many choices; the product of the two largest sizes is the least that there can be. */
test.each([
  [[2, 2], 4],
  [[3, 4], 12],
  [[1, 2, 1], 2],
  [Array<number>(10).fill(2), 10],
  [[5, 4, ...Array<number>(20).fill(3), ...Array<number>(40).fill(2)], 30],
] as [number[], number][])(
  'each two values of factors of %j values meet in at most %d choices',
  (sizes, most) => {
    const factors = factorsOf(...sizes);
    expect(unmet(factors)).toEqual([]);
    expect(pairwise(factors).length).toBeLessThanOrEqual(most);
    for (const choice of pairwise(factors)) expect(Object.keys(choice)).toHaveLength(sizes.length);
  },
);

test('the same factors give the same choices', () => {
  expect(pairwise(factorsOf(3, 2, 2))).toEqual(pairwise(factorsOf(3, 2, 2)));
});
