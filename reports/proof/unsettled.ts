import type { Proof, ProofCell } from './proof.ts';
import { proveCommand } from './prove-command.ts';

/** Whether the run made all tests of its clauses: others end once a clause that the fault breaks has failed. */
const ranAll = ({ everyTest, outcome }: ProofCell): boolean => everyTest || outcome !== 'caught';

/**
 * The clauses that no fault failed and of which the proof cannot say whether one would: the runs of all faults that break
 * them ended before all tests had run. With the names of those faults.
 */
export function unsettledClauses({ cells }: Pick<Proof, 'cells'>): ReadonlyMap<string, readonly string[]> {
  const faults = cells.filter(({ kind }) => kind === 'fault');
  const failed = new Set(faults.flatMap((cell) => cell.failed));
  const found = new Map<string, readonly string[]>();
  for (const id of new Set(faults.flatMap(({ breaks }) => breaks))) {
    const breaking = faults.filter(({ breaks }) => breaks.includes(id));
    if (!failed.has(id) && !breaking.some(ranAll))
      found.set(
        id,
        breaking.map(({ name }) => name),
      );
  }
  return found;
}

/** The idle clauses that the proof has settled: whatever faults break them, no test of theirs failed. */
export function idleOf(proof: Pick<Proof, 'cells' | 'idle'>): readonly string[] {
  const unsettled = unsettledClauses(proof);
  return (proof.idle ?? []).filter((id) => !unsettled.has(id));
}

/** The command that runs all tests of such clauses; what failed then is in its prove.txt. */
export const settlingCommand = (faults: Iterable<string>, asked: Pick<Proof, 'profile' | 'seed'>): string =>
  proveCommand(faults, asked, '--every-test');
