import { writeJson } from '../../../reports/files/replace-file.ts';
import type { RunFolder } from '../../../reports/files/run-folder.ts';
import { openTrace } from '../../../reports/files/trace-file.ts';
import type { Entry } from '../../../reports/record/entry.ts';
import { createFold } from '../../../reports/record/fold-record.ts';
import { headerOf, writePlan } from '../../../reports/record/plan-file.ts';
import type { RunRecord } from '../../../reports/record/record.ts';
import { systemClock, toMs } from '../../base/clock.ts';
import { HilError, isHilError, messageOf } from '../../base/error.ts';

/** The record is written as tests end, but not more often than this, ms: a run of hundreds must not wait for disks. */
const WRITE_EVERY_MS = 250;

/** A write is followed by so many times its own time without one: a Raspberry Pi takes a tenth of a second for each. */
const REST = 100;

/** The longest time without a write, ms: a disk that stalls once must not keep the next one away for minutes. */
const MOST_REST_MS = 10_000;

type RigError = Extract<Entry, { type: 'rig-error' }>;

/**
 * Keeps the record of a run: folds its entries and writes run.json as it goes. A run folder that cannot be written (the
 * disk is full) is a failure of the rig. The first one goes into the record; it does not end the run, since the module
 * has to be restored and the summary printed.
 */
export interface Recorder {
  /** Adds an entry of the Jest child, which has written it to the trace itself. */
  add(entry: Entry): void;
  /** Adds an entry of the supervisor and writes it to the trace. Only while no child writes there. */
  addAndTrace(entry: Entry): void;
  /** Writes the record as it stands, if it can, and returns it. */
  write(): RunRecord;
  /** Calls `listener` once when the run folder can no longer be written; at once when that has happened. */
  onLost(listener: (reason: RigError) => void): void;
}

/** @throws REPORT_FAILED when the folder cannot be written at the start */
export function startRecorder(folder: RunFolder, start: Extract<Entry, { type: 'run-start' }>): Recorder {
  const fold = createFold();
  const listeners = new Set<(reason: RigError) => void>();
  let lost: RigError | undefined;
  let due: NodeJS.Timeout | undefined;
  let lastTookMs = 0;

  function tryWrite(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (lost) return;
      const reason = (lost = lossOf(error));
      fold.add(reason);
      listeners.forEach((listener) => listener(reason));
    }
  }

  const recorder: Recorder = {
    add(entry) {
      fold.add(entry);
      if (entry.type === 'test-end') due ??= setTimeout(() => recorder.write(), restMs(lastTookMs)).unref();
    },
    addAndTrace(entry) {
      fold.add(entry);
      tryWrite(() => traceNotes(folder.trace, [noteOf(entry)]));
    },
    write() {
      clearTimeout(due);
      due = undefined;
      const [from, knownLoss] = [systemClock.now(), lost];
      const record = fold.record();
      tryWrite(() => writeJson(folder.record, record));
      lastTookMs = toMs(systemClock.now() - from);
      return lost === knownLoss ? record : fold.record();
    },
    onLost(listener) {
      if (lost) listener(lost);
      else listeners.add(listener);
    },
  };
  fold.add(start);
  tryWrite(() => {
    writePlan(folder.plan, start);
    traceNotes(folder.trace, [noteOf(headerOf(start)), noteOf(wallClock())]);
  });
  recorder.write();
  if (lost) throw new HilError('REPORT_FAILED', lost.message, { remedy: lost.remedy });
  return recorder;
}

const restMs = (tookMs: number): number => Math.min(Math.max(WRITE_EVERY_MS, REST * tookMs), MOST_REST_MS);

/** A line for the trace, with the time of now. */
const noteOf = (body: object) => ({ at: systemClock.now(), body });

function traceNotes(file: string, notes: readonly ReturnType<typeof noteOf>[]): void {
  const trace = openTrace(file);
  try {
    for (const { at, body } of notes) trace.write('note', at, { ...body });
  } finally {
    trace.close();
  }
}

/** Ties the monotonic times of the trace to the wall clock: what it shows at the time of this line. */
const wallClock = (): object => ({ type: 'clock', wall: new Date().toISOString() });

const lossOf = (error: unknown): RigError => ({
  type: 'rig-error',
  code: 'REPORT_FAILED',
  message: messageOf(error),
  remedy: (isHilError(error) && error.remedy) || 'check the run folder and the free space of its disk',
});
