import { openLog } from '../../../reports/files/log.ts';
import type { Entry } from '../../../reports/record/entry.ts';
import { identityOf } from '../../../rigs/lock/process-identity.ts';
import { createProgress, type Screen } from '../progress.ts';
import { testsToJudge } from './plan.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import type { Run } from './run.ts';

/** Takes what happens in a run to the places where it is kept or shown. */
export interface Announcer {
  readonly recorder: Recorder;
  /** Shows an entry on the screen alone. */
  readonly show: (entry: Entry) => void;
  /** Takes an entry of the supervisor to its log, the trace, the record and the screen. Not while a child writes the trace. */
  readonly announce: (entry: Entry) => void;
  readonly close: (exitCode: number | null) => void;
}

/**
 * Starts log, record and progress of a run.
 * @throws REPORT_FAILED when the run folder cannot be written
 */
export function openAnnouncer({ plan, folder, facts, deviations }: Run, screen: Screen): Announcer {
  const { log, close } = openLog(folder.log, 'supervisor');
  const show = createProgress(screen, testsToJudge(plan));
  screen.write(`${facts.rig}: profile ${facts.profile}, seed ${facts.seed}\n`);
  log.info({ facts }, 'run starts');
  const recorder = startRecorder(folder, {
    type: 'run-start',
    facts,
    clauses: plan.clauses,
    planned: plan.tests,
    deviations,
    supervisor: identityOf(process.pid),
  });
  recorder.onLost(show);
  return {
    recorder,
    show,
    announce(entry) {
      log.info({ entry }, 'the supervisor says');
      recorder.addAndTrace(entry);
      show(entry);
    },
    close(exitCode) {
      log.info({ exitCode }, 'run ends');
      close();
    },
  };
}
