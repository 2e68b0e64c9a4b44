import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { bad, exitCodeOf, type ProofCell } from '../../../reports/proof/proof.ts';
import { proofText } from '../../../reports/proof/proof-text.ts';
import { proofFile } from '../../../reports/proof/read-proof.ts';
import { systemClock, toMs } from '../../base/clock.ts';
import type { Screen } from '../progress/screen.ts';
import { exitCodeOfSignal, listenForStop } from '../signals.ts';
import type { AskedCells } from './asked-cells.ts';
import type { Cell } from './cell.ts';
import { isDisturbed } from './disturbed.ts';
import type { Journal } from './journal.ts';
import { judgeCell } from './judge-cell.ts';
import { judgedAgain } from './judged-again.ts';
import { leaveProof } from './leave-proof.ts';
import { createPace, runPaced } from './pool.ts';
import { proofOf } from './proof-of.ts';
import { progressLine } from './proof-progress.ts';
import { foldersOf, stageRunner } from './run-stage.ts';
import type { RunStage } from './stage.ts';

export interface ProveOutputs {
  readonly progress: Screen;
  readonly summary: Screen;
}

/** A proof that may begin, or go on. */
export interface ProveJob extends AskedCells {
  readonly folder: string;
  readonly journal: Journal;
  /** How many runs at most go on at once. */
  readonly jobs: number;
  /** Print `prove.json` in the place of the text. */
  readonly json: boolean;
}

/**
 * Judges faulty and sound firmwares by the suites, several at once, and says which faults they catch.
 * @returns 0, 1, 4 (`exitCodeOf`), or 130/143 when it was interrupted: `--resume` goes on from there
 */
export async function prove(
  { folder, journal, cells, generated, jobs, json }: ProveJob,
  outputs: ProveOutputs,
): Promise<number> {
  const stop = listenForStop();
  const abort = new AbortController();
  stop.onRequest(({ why }) => abort.abort(why));
  const began = systemClock.now();
  try {
    const before = journal.judged.size;
    await judgeAll(cells, { folder, journal, jobs, signal: abort.signal, screen: outputs.progress });
    const result = await proofOf(cells, journal, {
      before,
      ms: toMs(systemClock.now() - began),
      generated,
    });
    await leaveProof(folder, result, outputs.progress);
    outputs.summary.write(json ? `${JSON.stringify(result, null, 2)}\n` : proofText(result));
    outputs.progress.write(`${proofFile(folder)}\n`);
    return stop.request ? exitCodeOfSignal(stop.request.signal) : exitCodeOf(result);
  } finally {
    stop.end();
  }
}

interface Judging {
  readonly folder: string;
  readonly journal: Journal;
  readonly jobs: number;
  readonly signal: AbortSignal;
  readonly screen: Screen;
}

/**
 * First all that is open, several at once; then what came to no verdict once more, alone on the machine, unless its runs
 * were calm: a fault that shows now and then would be as undecided again.
 */
async function judgeAll(cells: readonly Cell[], judging: Judging): Promise<void> {
  const { folder, journal, jobs, signal, screen } = judging;
  const pace = createPace(jobs, availableParallelism(), () => process.availableMemory());
  const qualify = stageRunner(folder, journal.asked.rig, signal);
  const disturbed = new Set<string>();
  const run: RunStage = async (cell, stage) => {
    const end = await qualify(cell, stage);
    const isNow = isDisturbed(cell, end);
    if (isNow) disturbed.add(cell.name);
    if (!signal.aborted) pace.seen(isNow);
    return end;
  };
  let done = 0;
  let tookMs = 0;
  const open = cells.filter(({ name }) => !journal.judged.has(name));
  await runPaced(open, pace, signal, async (cell) => {
    const result = await judge(cell, judging, run);
    if (!result) return;
    done++;
    tookMs += result.durationMs;
    screen.write(progressLine(result, { done, of: open.length, tookMs, together: pace.together }));
  });
  const undecided = judgedAgain(
    cells,
    journal.judged,
    new Set(open.filter(({ name }) => !disturbed.has(name))),
  );
  if (undecided.length > 0 && !signal.aborted)
    screen.write(
      `${undecided.length} came to no verdict on a busy machine and are judged once more, one at a time\n`,
    );
  await runPaced(
    undecided,
    { together: 1 },
    signal,
    async (cell) => void (await judge(cell, judging, run, true)),
  );
}

/** Judges a firmware; what was interrupted has no result. Runs of good outcomes are not kept. */
async function judge(
  cell: Cell,
  { folder, journal, signal }: Judging,
  run: RunStage,
  alone = false,
): Promise<ProofCell | undefined> {
  const { profile, everyTest, clausePattern } = journal.asked;
  const result = await judgeCell(cell, { profile, everyTest, clausePattern, alone }, run, systemClock);
  if (signal.aborted) return undefined;
  journal.add(result);
  const folders = foldersOf(folder, cell.name);
  rmSync(folders.state, { recursive: true, force: true });
  if (!bad.has(result.outcome) && result.outcome !== 'undecided')
    rmSync(folders.run, { recursive: true, force: true });
  return result;
}
