import { openLog } from '../../../reports/files/log.ts';
import type { Entry, PlannedTest } from '../../../reports/record/entry.ts';
import { identityOf } from '../../../rigs/lock/process-identity.ts';
import { type RunTimes, timesOf } from '../../../rigs/state/run-times.ts';
import { systemClock, toMs } from '../../base/clock.ts';
import { boardFacts } from '../estimate/board-facts.ts';
import { estimate, expectedOf } from '../estimate/estimate.ts';
import { type SortedTests, sortTests } from '../estimate/sort-tests.ts';
import type { Expected } from '../progress/expected.ts';
import { createMeasure } from '../progress/measure.ts';
import { createProgress } from '../progress/progress.ts';
import type { Screen } from '../progress/screen.ts';
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
  /** Takes the changing lines of the progress away, before the summary. Idempotent. */
  readonly endProgress: () => void;
  /** What the parts of the run took; undefined where not all of its tests ended. */
  readonly times: () => RunTimes | undefined;
  readonly close: (exitCode: number | null) => void;
}

/**
 * Starts log, record and progress of a run.
 * @throws REPORT_FAILED when the run folder cannot be written
 */
export function openAnnouncer(run: Run, screen: Screen): Announcer {
  const { plan, folder, facts, deviations } = run;
  const { log, close } = openLog(folder.log, 'supervisor');
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
  const planned = testsToJudge(plan);
  const sorted = sortTests(run.suites, run.rig, run.options);
  const measure = createMeasure(planned, (name) => !sorted.left.has(name));
  const began = systemClock.now();
  const elapsedMs = (): number => toMs(systemClock.now() - began);
  const progress = createProgress(screen, {
    clock: systemClock,
    planned,
    expected: expectedTimes(run, sorted, planned),
  });
  const show = (entry: Entry): void => {
    measure.add(entry, elapsedMs());
    progress.show(entry);
  };
  recorder.onLost(show);
  return {
    recorder,
    show,
    announce(entry) {
      log.info({ entry }, 'the supervisor says');
      recorder.addAndTrace(entry);
      show(entry);
    },
    endProgress: progress.end,
    times: () => measure.times(elapsedMs()),
    close(exitCode) {
      log.info({ exitCode }, 'run ends');
      close();
    },
  };
}

function expectedTimes(
  { rig, options: { profile } }: Run,
  { tests }: SortedTests,
  planned: readonly PlannedTest[],
): Expected {
  const counted = new Map<string, number>();
  for (const { file } of planned) counted.set(file, (counted.get(file) ?? 0) + 1);
  const earlier = timesOf(rig.name, profile);
  return expectedOf(estimate({ profile, board: boardFacts(rig), tests, earlier }), counted);
}
