import type { RunRecord } from '../../../reports/record/record.ts';
import { ManualClock } from '../../base/manual-clock.fixture.ts';
import type { Cell } from './cell.ts';
import { judgeCell, type Judging } from './judge-cell.ts';
import type { Stage, StageEnd } from './stage.ts';

type Verdict = RunRecord['clauses'][number]['verdict'];

export const fault: Cell = { kind: 'fault', name: 'wrong', describe: 'is wrong', breaks: ['CFG-A'], seed: 1 };
export const control: Cell = { ...fault, kind: 'control', breaks: [] };

/** How a qualification ended that judged these clauses. */
export const end = (exitCode: number, verdicts: Record<string, Verdict> = {}): StageEnd => ({
  exitCode,
  record: {
    clauses: Object.entries(verdicts).map(([id, verdict]) => ({
      ...{ id, status: 'S', text: '', section: '', tests: [] },
      verdict,
    })),
    tests: Object.entries(verdicts).map(([id, verdict], nth) => ({
      ...{ name: `1.suite.ts › ${id}`, file: '1.suite.ts', title: id, clauses: [id, 'CFG-C'], durationMs: 1 },
      ...{ verdict, trace: [nth, nth] },
    })),
    causes: [],
    problems: [],
    budgetSpent: false,
    timing: [],
  },
});

/** The outcome, and the stages that it took. */
export async function judgedAs(asked: Partial<Judging>, cell: Cell, ...ends: StageEnd[]) {
  const stages: string[] = [];
  const run = (_: Cell, { profile, clauses, stopEarly, slower }: Stage): Promise<StageEnd> => {
    const pace = slower > 1 ? `, ${slower} times slower` : '';
    stages.push(`${profile} ${clauses ?? 'all'}${stopEarly ? ', stops early' : ''}${pace}`);
    return Promise.resolve(ends.shift()!);
  };
  const judging = {
    profile: 'nightly',
    alone: false,
    everyTest: false,
    clausePattern: null,
    ...asked,
  } as const;
  const { outcome, failed, why, caughtBy, everyTest, slower } = await judgeCell(
    cell,
    judging,
    run,
    new ManualClock(),
  );
  return { outcome, failed, why, stages, caughtBy, everyTest, slower };
}

export const judged = (cell: Cell, ...ends: StageEnd[]) => judgedAs({}, cell, ...ends);
