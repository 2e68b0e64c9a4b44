import type { RunFolder } from '../../../reports/files/run-folder.ts';
import type { Deviation, RunFacts } from '../../../reports/record/entry.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import type { Lock } from '../../../rigs/lock/lock.ts';
import type { Profile } from '../../jest/host/host.ts';
import type { StopListener } from '../signals.ts';
import type { Plan } from './plan.ts';

export interface QualifyOptions {
  /** NAME or FILE. */
  readonly rig: string;
  readonly profile: Profile;
  readonly clausePattern: string | null;
  /** Null: one is drawn. */
  readonly seed: number | null;
  readonly maxFailures: number | null;
  /** The run folder; null: one of its own under reports/runs. */
  readonly out: string | null;
  readonly faults: readonly string[];
  /** How long to wait for a rig that is busy, ms. */
  readonly waitMs: number;
}

/** What a run has in hand once it may begin. */
export interface Run {
  readonly rig: RigFile;
  readonly options: QualifyOptions;
  readonly plan: Plan;
  readonly deviations: readonly Deviation[];
  readonly lock: Lock;
  readonly folder: RunFolder;
  readonly facts: RunFacts;
  /** Until the board is at rest and the reports are written, a signal ends nothing by itself. */
  readonly stop: StopListener;
  /** What is to be said at its start, for people. */
  readonly notes: readonly string[];
}
