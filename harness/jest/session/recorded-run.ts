import { z } from 'zod';

import { filesOf } from '../../../reports/files/run-folder.ts';
import { readTrace } from '../../../reports/files/trace-file.ts';
import type { Deviation } from '../../../reports/record/entry.ts';
import type { Board } from '../../../rigs/board.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { openReplay, type RecordedBoard, type Replay } from '../../../rigs/replay/replay.ts';
import type { ReplayLine } from '../../../rigs/replay/script.ts';
import { type Clock, systemClock } from '../../base/clock.ts';
import { HilError } from '../../base/error.ts';
import type { TraceSink } from '../../base/trace.ts';
import type { RunContext } from '../host/run-context.ts';

/** What a run's trace says of rig, board and supervisor's context, so that the run can be replayed without them. */
interface BoardNote {
  readonly rig: RigFile;
  readonly board: RecordedBoard;
  readonly context: RecordedContext;
}

const recordedContext = z.object({
  waived: z.array(z.string()),
  maxFailures: z.int().nullable(),
  /** Runs of older versions have none. */
  stopAt: z.string().nullable().default(null),
});

type RecordedContext = z.infer<typeof recordedContext>;

/** What is used here; the rest of the note was a rig file that had been checked. */
const note = z.looseObject({
  kind: z.literal('board'),
  rig: z.custom<RigFile>((value) => typeof value === 'object' && value !== null && 'module' in value),
  board: z.custom<RecordedBoard>((value) => typeof value === 'object' && value !== null && 'baud' in value),
  context: recordedContext,
});

/** A run as its trace tells it. */
export interface RecordedRun extends BoardNote {
  readonly deviations: readonly Deviation[];
  readonly lines: readonly ReplayLine[];
}

/** Writes what a replay needs to the trace. */
export function noteBoard(
  trace: TraceSink,
  clock: Clock,
  { board, context, platform }: { board: Board; context: RunContext; platform: RecordedBoard['platform'] },
): void {
  const { rig, port, control } = board;
  const { path, baud, adapter } = port;
  trace.write('note', clock.now(), {
    kind: 'board',
    rig,
    board: {
      path,
      baud,
      adapter,
      driver: control.driver,
      capabilities: control.capabilities,
      provokes: control.provoke !== undefined,
      platform,
    } satisfies RecordedBoard,
    context: {
      waived: context.waived,
      maxFailures: context.maxFailures,
      stopAt: context.stopAt,
    } satisfies RecordedContext,
  });
}

/**
 * Reads the run in `dir` for a replay.
 * @throws RECORD_UNREADABLE, RUN_NOT_REPLAYABLE for one that did not come to open its board, or is older than replays
 */
export function readRecordedRun(dir: string): RecordedRun {
  const { trace } = filesOf(dir);
  const lines: ReplayLine[] = [...readTrace(trace)];
  const found = lines.find(({ kind }) => kind === 'board');
  const { data, error } = note.safeParse(found);
  const start = lines.find(({ type }) => type === 'run-start');
  if (data) return { ...data, lines, deviations: (start?.['deviations'] ?? []) as readonly Deviation[] };
  throw new HilError('RUN_NOT_REPLAYABLE', `${trace} does not say what board the run had`, {
    remedy: 'replay a run that came to open its board, by a version that can replay',
    cause: error,
  });
}

/** Begins the replay of a run. */
export const replayOf = ({ lines, board }: RecordedRun): Replay =>
  openReplay(lines, board, systemClock.now());
