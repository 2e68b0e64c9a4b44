import { draw } from './draw.ts';

const all = ['cut', 'late', 'lost'].flatMap((operator) =>
  ['access.read', 'access.save'].flatMap((place) =>
    Array.from({ length: 50 }, (_, index) => ({
      ...{ id: `${operator}.${place}-${index}`, describe: '', breaks: ['CFG-READ'], file: '' },
      ...{ operator, place },
    })),
  ),
);

test('a sample is the same for the same seed, and another for another', () => {
  expect(draw(all, 30, 7)).toEqual(draw(all, 30, 7));
  expect(draw(all, 30, 7)).not.toEqual(draw(all, 30, 8));
});

test('each operator has its share at each place', () => {
  const sample = draw(all, 30, 7);
  const strata = sample.map(({ operator, place }) => `${operator} ${place}`);
  const shares = [...new Set(strata)].map((name) => strata.filter((each) => each === name).length);
  expect(shares).toEqual([5, 5, 5, 5, 5, 5]);
  expect(new Set(sample).size).toBe(30);
});

test('the first of a sample are of all operators, so that they tell how long the rest takes', () => {
  const first = draw(all, 30, 7).slice(0, 10);
  expect(new Set(first.map(({ operator }) => operator)).size).toBe(3);
});

test('every fault has its chance', () => {
  const seen = new Set(Array.from({ length: 100 }, (_, seed) => draw(all, 30, seed)).flat());
  expect(seen.size).toBe(all.length);
});

test('a sample of all, or of more, is all', () => {
  expect(new Set(draw(all, 1_000, 7))).toEqual(new Set(all));
});
