import { writeJson } from '../../../reports/files/replace-file.ts';
import type { RunFolder } from '../../../reports/files/run-folder.ts';
import { openTrace } from '../../../reports/files/trace-file.ts';
import type { Entry } from '../../../reports/record/entry.ts';
import { createFold } from '../../../reports/record/fold-record.ts';
import type { RunRecord } from '../../../reports/record/record.ts';
import { systemClock } from '../../base/clock.ts';
import { HilError, isHilError, messageOf } from '../../base/error.ts';

/** The record is written as tests end, but no oftener than this: a run of hundreds must not wait for disks. */
const WRITE_EVERY_MS = 250;

type RigError = Extract<Entry, { type: 'rig-error' }>;

/**
 * Keeps the record of a run: folds what is said, writes run.json as it goes. A folder that takes no more (a disk
 * that is full) is the rig's failure, stands in the record as the first such one, and keeps nobody from going on to
 * the run's end: a module may be powered, and its run has a summary still.
 */
export interface Recorder {
  /** What the Jest child said; its own trace has it already. */
  hear(entry: Entry): void;
  /** What the supervisor has to say: goes to the trace, too. Only while no child writes to it. */
  say(entry: Entry): void;
  /** The record as it stands, written if it can be. */
  write(): RunRecord;
  /** Calls `listener` once when the run folder takes no more; at once when that has happened. */
  onLost(listener: (why: RigError) => void): void;
}

/** @throws REPORT_FAILED when the folder takes not even the start: then there is no run */
export function startRecorder(folder: RunFolder, start: Extract<Entry, { type: 'run-start' }>): Recorder {
  const fold = createFold();
  const listeners = new Set<(why: RigError) => void>();
  let lost: RigError | undefined;
  let due: NodeJS.Timeout | undefined;

  function keep(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (lost) return;
      const why = (lost = lossOf(error));
      fold.add(why);
      listeners.forEach((listener) => listener(why));
    }
  }

  const recorder: Recorder = {
    hear(entry) {
      fold.add(entry);
      if (entry.type === 'test-end') due ??= setTimeout(() => recorder.write(), WRITE_EVERY_MS);
    },
    say(entry) {
      fold.add(entry);
      keep(() => {
        const trace = openTrace(folder.trace);
        try {
          trace.write('note', systemClock.now(), { ...entry });
        } finally {
          trace.close();
        }
      });
    },
    write() {
      clearTimeout(due);
      due = undefined;
      keep(() => writeJson(folder.record, fold.record()));
      return fold.record();
    },
    onLost(listener) {
      if (lost) listener(lost);
      else listeners.add(listener);
    },
  };
  recorder.say(start);
  recorder.write();
  if (lost) throw new HilError('REPORT_FAILED', lost.message, { remedy: lost.remedy });
  return recorder;
}

const lossOf = (error: unknown): RigError => ({
  type: 'rig-error',
  code: 'REPORT_FAILED',
  message: messageOf(error),
  remedy: (isHilError(error) && error.remedy) || 'check the run folder and the free space of its disk',
});
