import type { RunRecord } from '../../../reports/record/record.ts';
import type { Profile } from '../../jest/host/profile.ts';
import type { Cell } from './cell.ts';

/** A qualification to be made of a firmware. */
export interface Stage {
  readonly profile: Profile;
  /** `--clause`; null: every clause. */
  readonly clauses: string | null;
  /** Stop once a clause that the fault breaks has failed. */
  readonly stopEarly: boolean;
  /** By how much the module's network time passes slower than the rig says, so that a busy machine can follow it. */
  readonly slower: number;
}

/** How a qualification ended; the record is null where none was left. */
export interface StageEnd {
  readonly exitCode: number;
  readonly record: Pick<
    RunRecord,
    'clauses' | 'tests' | 'causes' | 'problems' | 'timing' | 'budgetSpent'
  > | null;
}

export type RunStage = (cell: Cell, stage: Stage) => Promise<StageEnd>;
