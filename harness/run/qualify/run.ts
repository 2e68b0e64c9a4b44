import type { RunFolder } from '../../../reports/files/run-folder.ts';
import type { Deviation, JunitStyle, RunFacts } from '../../../reports/record/entry.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import type { Lock } from '../../../rigs/lock/lock.ts';
import type { Profile } from '../../jest/host/profile.ts';
import type { Switch } from '../../proof/prove-switches.ts';
import type { StopListener } from '../signals.ts';
import type { CollectedTest } from './collect-suites.ts';
import type { Plan } from './plan.ts';
import type { TimeLimit } from './time-limit.ts';

export interface QualifyOptions {
  /** NAME or FILE. */
  readonly rig: string;
  readonly profile: Profile;
  readonly clausePattern: string | null;
  /** Null: a random one. */
  readonly seed: number | null;
  readonly maxFailures: number | null;
  /** A pattern of clauses, one of which is enough to fail; null: none. */
  readonly stopAt: string | null;
  /** The run folder; null: a new one under reports/runs. */
  readonly out: string | null;
  /** Whether `reports/latest` is pointed at the run. */
  readonly latest: boolean;
  readonly faults: readonly string[];
  /** How long to wait for a rig that another process uses, ms. */
  readonly waitMs: number;
  readonly junit: JunitStyle;
  /** How long the run may take, ms; null: what its profile allows. */
  readonly timeoutMs: number | null;
  /**
   * Only what `prove` reads of a run: it has checked the machine and the emulator's names for all runs at once, and has
   * the record alone. Nothing else is judged for it, and nothing less.
   */
  readonly forProof?: boolean;
  /** The folder of a run that is replayed: its trace stands in for the board. Absent: the board itself. */
  readonly replay?: string;
  /** The name of the rig that plays this run; absent: that of the run's rig. */
  readonly replayRig?: string;
}

/** A run as it is asked for, before its rig file is read. */
export interface AskedRun extends Omit<QualifyOptions, 'profile' | 'replayRig'> {
  /** Null: nightly, or that of the run that is replayed. */
  readonly profile: Profile | null;
}

/** What a run needs besides the board. */
export interface PreparedRun {
  readonly rig: RigFile;
  readonly plan: Plan;
  /** Every test of the suites, with what the board must be able to do for it. */
  readonly suites: readonly CollectedTest[];
  readonly deviations: readonly Deviation[];
  /** What of the board has to be proven before anything is judged. */
  readonly switches: readonly Switch[];
}

/** A run that may begin. */
export interface Run extends PreparedRun {
  readonly options: QualifyOptions;
  readonly lock: Lock;
  readonly folder: RunFolder;
  readonly facts: RunFacts;
  /** Listens until the board is at rest and the reports are written. */
  readonly stop: StopListener;
  readonly limit: TimeLimit;
  /** Messages to announce at its start. */
  readonly notes: readonly string[];
}
