import { existsSync } from 'node:fs';
import path from 'node:path';

import { filesOf } from '../files/run-folder.ts';
import { exitCodeOf, type Proof } from '../proof/proof.ts';
import { proofEnds } from '../proof/proof-text.ts';
import { readProof } from '../proof/read-proof.ts';
import { settlingCommand, unsettledClauses } from '../proof/unsettled.ts';
import type { ProofPageData, ProvedClause } from './proof-view/proof-data.ts';

/**
 * What the page of a proof shows, made from the proof's folder alone.
 * @throws RECORD_UNREADABLE
 */
export function proofPageOf(dir: string): ProofPageData {
  const { clauses, ...proof } = readProof(dir);
  const exitCode = exitCodeOf(proof);
  return {
    proof,
    exitCode,
    end: proofEnds[exitCode],
    folder: path.basename(dir),
    clauses: provedClauses(proof, clauses),
    runs: proof.cells
      .map(({ name }) => name)
      .filter((name) => existsSync(filesOf(path.join(dir, 'runs', name)).page)),
  };
}

/** All clauses that can fail, or where only some faults were judged those that they concern. */
function provedClauses(proof: Omit<Proof, 'clauses'>, words: Proof['clauses']): ProvedClause[] {
  const { cells, matrix } = proof;
  const unsettled = unsettledClauses(proof);
  const faults = cells.filter(({ kind }) => kind === 'fault');
  const concerned = new Set(cells.flatMap(({ breaks, failed }) => [...breaks, ...failed]));
  const inOrder = words.map(({ id }) => id).filter((id) => concerned.has(id));
  const ids = matrix?.clauses.map(({ id }) => id) ?? [...new Set([...inOrder, ...[...concerned].sort()])];
  const found = new Map(words.map((clause) => [clause.id, clause]));
  const named = (wanted: (cell: Proof['cells'][number]) => boolean): string[] =>
    faults.filter(wanted).map(({ name }) => name);
  return ids.map((id) => ({
    ...(found.get(id) ?? { id, status: '', section: '', text: '' }),
    brokenBy: named(({ breaks }) => breaks.includes(id)),
    failedUnder: named(({ failed }) => failed.includes(id)),
    ...(unsettled.has(id) && { settling: settlingCommand(unsettled.get(id)!, proof) }),
  }));
}
