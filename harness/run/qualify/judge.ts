import type { Entry } from '../../../reports/record/entry.ts';
import { shareLock } from '../../../rigs/lock/share-lock.ts';
import type { Announcer } from './announcer.ts';
import { describeBadEnd, describeHang, describeRemains, describeTimeout } from './child-account.ts';
import { startJest } from './jest-child.ts';
import { createLastKnown } from './last-known.ts';
import { filesToJudge, testsToJudge } from './plan.ts';
import type { Run } from './run.ts';

const atOnce =
  'a second signal ended the run at once: what the module held stays on disk, for the next command that meets it';

/**
 * Starts the Jest child, which judges the module, and waits for its end.
 * @returns the entries that its end calls for. They are to be added now that the child no longer writes to the trace.
 */
export async function judge(
  { rig, options, deviations, plan, switches, lock, folder, facts, stop, limit }: Run,
  { recorder, show }: Pick<Announcer, 'recorder' | 'show'>,
): Promise<Entry[]> {
  const lastKnown = createLastKnown();
  let silentMinutes: number | undefined;
  const child = startJest({
    context: {
      rigFile: rig.file,
      runFolder: folder.dir,
      profile: options.profile,
      clausePattern: options.clausePattern,
      seed: facts.seed,
      nvramWrites: facts.budget.nvramWrites,
      chosenShare: testsToJudge(plan).length / plan.ofProfile,
      waived: deviations.map(({ clause }) => clause),
      maxFailures: options.maxFailures,
      stopAt: options.stopAt,
      ownShare: !options.forProof,
      faults: [...options.faults],
      switches: [...switches],
      replay: options.replay ?? null,
    },
    files: filesToJudge(plan),
    outputFile: folder.jestLog,
    lockFds: lock.descriptors,
    programWatch: shareLock(lock).programs,
    onEntry(entry) {
      lastKnown.add(entry);
      recorder.add(entry);
      show(entry);
    },
    onSilent(minutes) {
      silentMinutes = minutes;
      child.kill();
    },
  });
  lock.addHelper(child.pid);
  stop.onRequest(({ why }) => {
    show({ type: 'interrupted', signal: why });
    child.stop(why);
  });
  let repeated = false;
  stop.onRepeat(() => {
    repeated = true;
    child.kill();
  });
  let timedOut: Entry | undefined;
  limit.onReached(() => {
    timedOut = describeTimeout(limit.text, lastKnown.text());
    child.stop(`it took longer than ${limit.text}`);
  });
  let unrecorded = false;
  // Later verdicts would be lost, so the child restores the module and ends.
  recorder.onLost(({ message }) => {
    unrecorded = true;
    child.stop(message);
  });
  const end = await child.ended;
  const remains = describeRemains(end);
  if (repeated) remains.push({ type: 'message', text: atOnce });
  if (timedOut) remains.push(timedOut);
  if (silentMinutes) remains.push(describeHang(silentMinutes, lastKnown.text()));
  if (stop.request) return [...remains, { type: 'interrupted', signal: stop.request.signal }];
  if (unrecorded || timedOut || silentMinutes !== undefined) return remains;
  const where = { output: folder.jestLog, lastKnown: lastKnown.text() };
  return [...remains, ...describeBadEnd(end, recorder.write(), testsToJudge(plan), where)];
}
