import { startJest } from './jest-child.ts';
import type { JestChildEnd } from './jest-child.ts';
import type { Recorder } from './recorder.ts';
import type { Run } from './run.ts';
import type { StopWatch } from './signals.ts';
import type { Entry } from '../../reports/entry.ts';
import type { RunRecord } from '../../reports/record.ts';

interface Hearers {
  readonly recorder: Recorder;
  readonly progress: (entry: Entry) => void;
  readonly stop: StopWatch;
}

/** Lets the Jest child judge; returns what its ending has to say, once nobody else writes to the trace. */
export async function judge(
  { rig, options, deviations, lock, folder, facts }: Run,
  { recorder, progress, stop }: Hearers,
): Promise<Entry[]> {
  const child = startJest({
    context: {
      rigFile: rig.file,
      runFolder: folder.dir,
      profile: options.profile,
      clausePattern: options.clausePattern,
      seed: facts.seed,
      nvramWrites: facts.budget.nvramWrites,
      waived: deviations.map(({ clause }) => clause),
      maxFailures: options.maxFailures,
      faults: [...options.faults],
    },
    outputFile: folder.jestLog,
    ...(lock.descriptor !== undefined && { lockFd: lock.descriptor }),
    onEntry(entry) {
      recorder.hear(entry);
      progress(entry);
    },
  });
  lock.addHelper(child.pid);
  stop.onAsked(({ why }) => {
    progress({ type: 'interrupted', signal: why });
    child.stop(why);
  });
  const end = await child.ended;
  if (stop.asked) return [{ type: 'interrupted', signal: stop.asked.signal }];
  return endedBadly(end, recorder.write(), folder.jestLog);
}

/** What a child that ended by itself leaves to be said: it crashed, or it ended before its tests did. */
function endedBadly({ code, signal }: JestChildEnd, record: RunRecord, output: string): Entry[] {
  const crashed = (message: string): Entry[] => [
    { type: 'rig-error', code: 'SUITES_CRASHED', message, remedy: `what Jest printed is in ${output}` },
  ];
  if (code !== 0) {
    return crashed(
      `the Jest child ended with ${signal ? `signal ${signal}` : `exit code ${code}`} in the middle of the run`,
    );
  }
  const left = record.tests.filter(({ trace }) => trace === null).length;
  // A rig that failed ends the child early on purpose, and has said why.
  if (left === 0 || record.problems.length > 0) return [];
  return crashed(`the Jest child ended before ${left} of ${record.tests.length} tests`);
}
