import { inParallel } from './in-parallel.fixture.ts';

/** How many runs share the machine's cores. */
const TOGETHER = 4;

/** How often a run that came to no verdict is made again. */
const MORE = 2;

/**
 * Makes a run for each row, several at once, and gives what was seen of each. A run that says that it could not judge
 * (of what a busy machine delays too much it says so, with exit code 3 or 4) has given no verdict, right or wrong: it
 * is made again when the machine is its own, twice at most. What has been judged stays as it was judged.
 * @param look makes the run; `nth` counts the runs of a row
 * @param unjudged whether a run came to no verdict, and to no wrong one besides
 */
export async function judgedRuns<Row, Seen>(
  rows: readonly Row[],
  look: (row: Row, nth: number) => Promise<Seen>,
  unjudged: (seen: Seen) => boolean,
): Promise<readonly (readonly [row: Row, seen: Seen])[]> {
  const seen = new Map<Row, Seen>();
  await inParallel(rows, TOGETHER, async (row) => void seen.set(row, await look(row, 1)));
  for (let nth = 2; nth <= 1 + MORE; nth++) {
    const again = [...seen].filter(([, last]) => unjudged(last)).map(([row]) => row);
    if (again.length > 0)
      process.stdout.write(
        `  ${again.length} of ${rows.length} runs came to no verdict and are made again, alone\n`,
      );
    for (const row of again) seen.set(row, await look(row, nth));
  }
  return rows.map((row) => [row, seen.get(row)!]);
}
