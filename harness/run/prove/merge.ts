import type { Proof } from '../../../reports/proof/proof.ts';
import { readProof } from '../../../reports/proof/read-proof.ts';
import { sampleOf } from '../../../reports/proof/sample.ts';
import type { PlannedTest } from '../../../reports/record/entry.ts';
import { HilError } from '../../base/error.ts';
import { idleClauses, matrixOf } from './matrix.ts';

/**
 * Puts the shards of one proof together.
 * @param folders the folder of each shard, in any order
 * @param tests all tests of the suites, in their order
 * @throws USAGE where they are not all the shards of one proof; RECORD_UNREADABLE
 */
export function mergeProofs(
  folders: readonly string[],
  tests: readonly Pick<PlannedTest, 'name' | 'clauses'>[],
): Proof {
  const parts = folders.map((folder) => ({ folder, proof: readProof(folder) }));
  const [first] = parts;
  if (!first) throw new HilError('USAGE', '--merge needs the folders of the shards');
  for (const { folder, proof } of parts) {
    const same = (['profile', 'seed', 'commit', 'chosen'] as const).find(
      (key) => proof[key] !== first.proof[key],
    );
    if (same)
      throw differs(
        folder,
        `${same} is ${String(proof[same])}, of ${first.folder} ${String(first.proof[same])}`,
      );
    if (proof.shard?.[1] !== parts.length)
      throw differs(folder, proof.shard ? `is part ${proof.shard.join(' of ')}` : 'is no shard');
  }
  const shards = parts.map(({ proof }) => proof).sort((a, b) => a.shard![0] - b.shard![0]);
  shards.forEach(({ shard }, index) => {
    if (shard![0] !== index + 1)
      throw new HilError('USAGE', `--merge: part ${index + 1} of ${shards.length} is missing`);
  });
  // Shards take turns, so taking turns again gives the order of the whole.
  const longest = Math.max(...shards.map(({ cells }) => cells.length));
  const cells = Array.from({ length: longest }, (_, row) =>
    shards.flatMap((part) => part.cells[row] ?? []),
  ).flat();
  const planned = shards.reduce((sum, part) => sum + part.planned, 0);
  const { shard: _, ...facts } = first.proof;
  return {
    ...facts,
    startedAt: shards.map(({ startedAt }) => startedAt).sort()[0]!,
    durationMs: Math.max(...shards.map(({ durationMs }) => durationMs)),
    perMinute: shards.reduce((sum, { perMinute }) => sum + perMinute, 0),
    planned,
    cells,
    ...(facts.chosen || cells.length < planned
      ? { idle: null, matrix: null }
      : { idle: idleClauses(cells), matrix: matrixOf(cells, tests) }),
    sample: facts.sample && sampleOf(cells, facts.sample),
  };
}

const differs = (folder: string, how: string): HilError =>
  new HilError('USAGE', `--merge: ${folder}: ${how}`, { remedy: 'name all shards of one proof, each once' });
