import type { Proof, ProofCell } from './proof.ts';

/** A cell of a proof, caught unless told otherwise. */
export const proofCellOf = (name: string, own: Partial<ProofCell> = {}): ProofCell => ({
  kind: 'fault',
  name,
  describe: `what ${name} does`,
  breaks: ['CFG-TEST'],
  outcome: 'caught',
  failed: ['CFG-TEST'],
  tests: ['10-access-forms.suite.ts › answers the test form'],
  everyTest: false,
  caughtBy: {
    test: '10-access-forms.suite.ts › answers the test form',
    chapter: '10-access-forms.suite.ts',
    clauses: ['CFG-TEST'],
  },
  profile: 'nightly',
  durationMs: 8_000,
  ...own,
});

export const proofOf = (cells: ProofCell[], own: Partial<Proof> = {}): Proof => ({
  schemaVersion: 1,
  profile: 'nightly',
  seed: 1,
  commit: '0123456789ab',
  node: 'v24.0.0',
  startedAt: '2026-01-31T09:05:07.000Z',
  durationMs: 120_000,
  perMinute: 9.5,
  chosen: false,
  planned: cells.length,
  cells,
  clauses: [],
  idle: null,
  matrix: null,
  sample: null,
  ...own,
});
