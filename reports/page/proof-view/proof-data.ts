import type { Proof } from '../../proof/proof.ts';

/** A clause, and what the faults made of it. */
export interface ProvedClause {
  readonly id: string;
  /** Empty in proofs of older versions, as are the section and the text. */
  readonly status: string;
  readonly section: string;
  readonly text: string;
  /** Faults that are said to break it. */
  readonly brokenBy: readonly string[];
  /** Faults under which it failed. */
  readonly failedUnder: readonly string[];
  /** Only where no fault failed it, and the runs of those that break it ended before all tests had run: the command that runs all. */
  readonly settling?: string;
}

/** All that the page of a proof shows. */
export interface ProofPageData {
  readonly proof: Omit<Proof, 'clauses'>;
  readonly exitCode: 0 | 1 | 4;
  /** What the exit code means. */
  readonly end: string;
  /** Name of the proof's folder. */
  readonly folder: string;
  /** The clauses that a firmware of the proof breaks or failed by; of a whole proof, all that can fail. */
  readonly clauses: readonly ProvedClause[];
  /** Firmwares whose run was kept, with the page of it beside this one. */
  readonly runs: readonly string[];
}
