import type { Matrix, Proof, ProofCell } from '../../../reports/proof/proof.ts';
import type { PlannedTest } from '../../../reports/record/entry.ts';
import { catalogue } from '../../clauses/catalogue.ts';

/** What the clauses that can fail say. */
export const failableClauses: Proof['clauses'] = catalogue
  .filter(({ status }) => status !== 'U')
  .map(({ id, status, section, text }) => ({ id, status, section, text }));

const failable = failableClauses.map(({ id }) => id);

/** The clauses that can fail and that no fault failed. */
export const idleClauses = (cells: readonly ProofCell[]): string[] =>
  clausesOf(cells)
    .filter(({ failedUnder }) => failedUnder.length === 0)
    .map(({ id }) => id);

/**
 * What the cells of a whole proof say of the clauses and of the tests.
 * @param tests all tests of the suites, in their order
 */
export const matrixOf = (
  cells: readonly ProofCell[],
  tests: readonly Pick<PlannedTest, 'name' | 'clauses'>[],
): Matrix => ({
  clauses: clausesOf(cells),
  tests: tests
    .filter(({ clauses }) => clauses.some((id) => failable.includes(id)))
    .map(({ name }) => ({
      name,
      caughtFirst: cells.filter(({ caughtBy }) => caughtBy?.test === name).length,
    })),
  thinIce: thinIceOf(cells.filter(({ outcome }) => outcome === 'caught')),
});

function clausesOf(cells: readonly ProofCell[]): Matrix['clauses'] {
  const faults = cells.filter(({ kind }) => kind === 'fault');
  const named = (wanted: (cell: ProofCell) => boolean): string[] =>
    faults.filter(wanted).map(({ name }) => name);
  return failable.map((id) => ({
    id,
    brokenBy: named(({ breaks }) => breaks.includes(id)),
    failedUnder: named(({ failed }) => failed.includes(id)),
  }));
}

const thinIceOf = (caught: readonly ProofCell[]): Matrix['thinIce'] =>
  caught.every(({ everyTest }) => everyTest)
    ? caught.filter(({ tests }) => tests.length === 1).map(({ name }) => name)
    : null;
