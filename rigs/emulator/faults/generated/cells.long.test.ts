import { allCells, generatedCells } from './cells.ts';
import { wholeLife } from './whole-life.fixture.ts';

/** On one processor all lives take 30 s; beside others it was five minutes. */
const LIMIT_MS = 1_200_000;

const healthy = [...wholeLife()];

/** Ends at the first difference. */
function differs(life: Iterable<string>): boolean {
  let index = 0;
  for (const step of life) if (step !== healthy[index++]) return true;
  return false;
}

test(
  'each generated fault that a clause can see shows in a whole life of a module',
  () => {
    const unseen = generatedCells().filter(({ make }) => !differs(wholeLife(make())));
    expect(unseen.map(({ id }) => id)).toEqual([]);
  },
  LIMIT_MS,
);

test('those that no clause can see are few, and each has its reason', () => {
  const unseen = allCells().filter((cell) => cell.unseen !== undefined);
  expect(unseen.length).toBeLessThan(allCells().length / 50);
  expect(unseen.filter(({ unseen: reason }) => reason === '')).toEqual([]);
});
