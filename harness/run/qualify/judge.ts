import type { Entry } from '../../../reports/record/entry.ts';
import { heldBy } from '../../../rigs/lock/held-by.ts';
import type { StopListener } from '../signals.ts';
import { endedBadly, leftOver } from './child-account.ts';
import { startJest } from './jest-child.ts';
import type { Recorder } from './recorder.ts';
import type { Run } from './run.ts';

interface Hearers {
  readonly recorder: Recorder;
  readonly progress: (entry: Entry) => void;
  readonly stop: StopListener;
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
    lockFds: lock.descriptors,
    programs: heldBy(lock).programs,
    onEntry(entry) {
      recorder.hear(entry);
      progress(entry);
    },
  });
  lock.addHelper(child.pid);
  stop.onRequest(({ why }) => {
    progress({ type: 'interrupted', signal: why });
    child.stop(why);
  });
  let unrecorded = false;
  // What is judged from here on would be lost: the module is given back, and the run goes to its end.
  recorder.onLost(({ message }) => {
    unrecorded = true;
    child.stop(message);
  });
  const end = await child.ended;
  const left = leftOver(end);
  if (stop.request) return [...left, { type: 'interrupted', signal: stop.request.signal }];
  if (unrecorded) return left;
  return [...left, ...endedBadly(end, recorder.write(), folder.jestLog)];
}
