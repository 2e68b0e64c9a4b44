import { duration } from '../text/format.ts';
import type { Proof, ProofCell } from './proof.ts';
import { sampleTable } from './sample-text.ts';
import { idleOf, unsettledClauses } from './unsettled.ts';

/**
 * The matrix of a proof for people, for a file: for each firmware what caught it, by which clause and when; then the
 * clauses and the tests that it never needed.
 */
export function proofTable(proof: Proof): string {
  const { cells, idle, matrix, sample } = proof;
  return [
    'Firmware: outcome, time, clauses that failed (those it breaks are marked *), the test that caught it first, and the first cause where it names none of those',
    ...cells.flatMap(cellLines),
    ...(sample === null ? [] : sampleTable(sample)),
    ...(idle === null
      ? []
      : [
          '',
          'Clauses that no fault failed',
          ...listed(idleOf(proof)),
          '',
          'Clauses that no fault failed, and the faults that break them, whose runs ended before all tests had run',
          ...listed([...unsettledClauses(proof)].map(([id, faults]) => `${id}: ${faults.join(', ')}`)),
        ]),
    ...(matrix === null
      ? []
      : [
          '',
          'Tests that were the first to catch a fault, and how many',
          ...matrix.tests
            .filter(({ caughtFirst }) => caughtFirst > 0)
            .map(({ name, caughtFirst }) => `  ${String(caughtFirst).padStart(3)}  ${name}`),
          '',
          'Tests that were never the first to catch a fault',
          ...listed(matrix.tests.filter(({ caughtFirst }) => caughtFirst === 0).map(({ name }) => name)),
        ]),
    '',
  ].join('\n');
}

const listed = (names: readonly string[]): string[] =>
  names.length === 0 ? ['  none'] : names.map((name) => `  ${name}`);

function cellLines({
  name,
  outcome,
  durationMs,
  failed,
  breaks,
  caughtBy,
  cause,
  slower = 1,
}: ProofCell): string[] {
  const clauses = failed.map((id) => (breaks.includes(id) ? `${id}*` : id)).join(' ');
  return [
    `  ${name}: ${outcome}, ${duration(durationMs)}${clauses === '' ? '' : `, ${clauses}`}`,
    ...(caughtBy ? [`      ${caughtBy.test}`] : []),
    ...(cause && !cause.named ? [`      first cause: ${cause.text}`] : []),
    ...(caughtBy && slower > 1 ? [`      with network time ${slower} times slower`] : []),
  ];
}
