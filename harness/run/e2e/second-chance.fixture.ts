import { runPaced } from '../prove/pool.ts';

/** How many runs go on at the same time: they wait for boots and answers more than they compute. */
const TOGETHER = 4;

/** How often a run without a verdict is repeated. */
const REPEATS = 2;

/**
 * Makes a run for each row, several at once, and returns what was seen of each. A run ends with exit code 3 or 4 where
 * it could not judge, for instance because a busy machine delayed too much. Such a run has given no verdict: it is
 * repeated afterwards, alone on the machine, at most twice. What has been judged is not repeated.
 * @param look makes the run; `nth` counts the runs of a row
 * @param unjudged whether a run came to no verdict, and to no wrong one besides
 */
export async function judgedRuns<Row, Seen>(
  rows: readonly Row[],
  look: (row: Row, nth: number) => Promise<Seen>,
  unjudged: (seen: Seen) => boolean,
): Promise<readonly (readonly [row: Row, seen: Seen])[]> {
  const seen = new Map<Row, Seen>();
  const { signal } = new AbortController();
  await runPaced(rows, { together: TOGETHER }, signal, async (row) => void seen.set(row, await look(row, 1)));
  for (let nth = 2; nth <= 1 + REPEATS; nth++) {
    const again = [...seen].filter(([, last]) => unjudged(last)).map(([row]) => row);
    if (again.length > 0)
      process.stdout.write(
        `  ${again.length} of ${rows.length} runs came to no verdict and are repeated, alone\n`,
      );
    for (const row of again) seen.set(row, await look(row, nth));
  }
  return rows.map((row) => [row, seen.get(row)!]);
}
