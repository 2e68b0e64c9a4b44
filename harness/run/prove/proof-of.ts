import type { Proof } from '../../../reports/proof/proof.ts';
import { sampleOf } from '../../../reports/proof/sample.ts';
import { currentCommit } from '../commit.ts';
import { collectSuites } from '../qualify/collect-suites.ts';
import type { Cell } from './cell.ts';
import type { Asked, Journal } from './journal.ts';
import { failableClauses, idleClauses, matrixOf } from './matrix.ts';

/** What this process did: how many cells were judged before it, and how long it took, ms. */
interface Effort {
  readonly before: number;
  readonly ms: number;
  /** How many generated faults there are. */
  readonly generated: number;
}

/** The proof as far as its journal goes; of clauses and tests that caught nothing, only once everything is judged. */
export async function proofOf(
  planned: readonly Cell[],
  { asked, judged }: Journal,
  { before, ms, generated }: Effort,
): Promise<Proof> {
  const cells = planned.flatMap(({ name }) => judged.get(name) ?? []);
  const chosen = isChosen(asked);
  return {
    schemaVersion: 1,
    profile: asked.profile,
    seed: asked.seed,
    commit: await currentCommit(),
    node: process.version,
    startedAt: asked.startedAt,
    durationMs: Math.round(ms),
    perMinute: (judged.size - before) / (ms / 60_000),
    ...(asked.shard && { shard: [asked.shard.part, asked.shard.parts] as [number, number] }),
    chosen,
    planned: planned.length,
    cells,
    clauses: failableClauses,
    ...(!chosen && !asked.shard && cells.length === planned.length
      ? { idle: idleClauses(cells), matrix: matrixOf(cells, await collectSuites()) }
      : { idle: null, matrix: null }),
    sample:
      asked.generated === null
        ? null
        : sampleOf(cells, { drawn: Math.min(asked.generated, generated), of: generated }),
  };
}

const isChosen = ({ faults, generated, clausePattern, controls }: Asked): boolean =>
  faults.length > 0 || generated !== null || clausePattern !== null || controls !== null;
