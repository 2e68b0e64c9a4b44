import type { Cell } from './cell.ts';
import type { RunStage, Stage, StageEnd } from './stage.ts';

export interface JudgedControl {
  /** The last stage, and how it ended. */
  readonly stage: Stage;
  readonly end: StageEnd;
  /** Whether a clause has no verdict yet. */
  readonly open: boolean;
  /** Whether the clauses that were open came to a good verdict; of these alone the exit code of a run says nothing. */
  readonly closed: boolean;
}

/**
 * Judges a sound firmware as a user's is; then, where the network is slower, only the clauses that came to no verdict: a
 * module may be too slow to show a state of the network that lasts 50 ms.
 * @param paces by how much the network time passes slower, ascending; the first stage has its own
 */
export async function judgeControl(
  cell: Cell,
  first: Stage,
  paces: readonly number[],
  run: RunStage,
): Promise<JudgedControl> {
  let stage = first;
  let end = await run(cell, stage);
  let open = withoutVerdict(end);
  for (const slower of paces.filter((pace) => pace > first.slower)) {
    if (open.length === 0) break;
    stage = { ...first, clauses: open.join(','), slower };
    end = await run(cell, stage);
    open = withoutVerdict(end, open);
  }
  const ended = end.exitCode === 0 || end.exitCode === 4;
  return {
    stage,
    end,
    open: open.length > 0,
    closed: stage !== first && ended && open.length === 0 && isGood(end),
  };
}

const isGood = ({ record }: StageEnd): boolean =>
  record !== null && !record.clauses.some(({ verdict }) => verdict === 'flaky' || verdict === 'fail');

/**
 * The clauses that a sound module's run left undecided, and those of `asked` that it did not judge; none where it ended in
 * another way, or where a clause passed and failed.
 */
function withoutVerdict({ exitCode, record }: StageEnd, asked: readonly string[] = []): readonly string[] {
  // Tests that could not write any more are not made up for by the clauses that came to no verdict.
  if (!record || record.budgetSpent || (exitCode !== 0 && exitCode !== 4)) return [];
  if (record.clauses.some(({ verdict }) => verdict === 'flaky')) return [];
  return record.clauses
    .filter(({ id, verdict }) => verdict === 'inconclusive' || (verdict === 'not-run' && asked.includes(id)))
    .map(({ id }) => id);
}
