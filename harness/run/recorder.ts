import { systemClock } from '../base/clock.ts';
import type { Entry } from '../../reports/entry.ts';
import { createFold } from '../../reports/fold-record.ts';
import type { RunRecord } from '../../reports/record.ts';
import type { RunFolder } from '../../reports/run-folder.ts';
import { openTrace } from '../../reports/trace-file.ts';
import { writeJson } from '../../reports/write-json.ts';

/** The record is written as tests end, but no oftener than this: a run of hundreds must not wait for disks. */
const WRITE_EVERY_MS = 250;

/** Keeps the record of a run: folds what is said, writes run.json as it goes. */
export interface Recorder {
  /** What the Jest child said; its own trace has it already. */
  hear(entry: Entry): void;
  /** What the supervisor has to say: goes to the trace, too. Only while no child writes to it. */
  say(entry: Entry): void;
  /** The record as it stands, written. */
  write(): RunRecord;
}

export function startRecorder(folder: RunFolder, start: Extract<Entry, { type: 'run-start' }>): Recorder {
  const fold = createFold();
  let due: NodeJS.Timeout | undefined;

  const recorder: Recorder = {
    hear(entry) {
      fold.add(entry);
      if (entry.type === 'test-end') due ??= setTimeout(() => recorder.write(), WRITE_EVERY_MS);
    },
    say(entry) {
      const trace = openTrace(folder.trace);
      trace.write('note', systemClock.now(), { ...entry });
      trace.close();
      fold.add(entry);
    },
    write() {
      clearTimeout(due);
      due = undefined;
      const record = fold.record();
      writeJson(folder.record, record);
      return record;
    },
  };
  recorder.say(start);
  recorder.write();
  return recorder;
}
