import type { Entry, PlannedTest } from '../../../reports/record/entry.ts';
import type { RunRecord } from '../../../reports/record/record.ts';
import type { JestChildRemains } from './jest-child.ts';

/** Entries about what the child left: it had to be killed, or programs still run that may switch the board on. */
export function describeRemains({
  overdue,
  running,
}: Pick<JestChildRemains, 'overdue' | 'running'>): Entry[] {
  const entries: Entry[] = [];
  if (overdue) {
    const text = 'the Jest child did not end after its last message and was killed';
    entries.push({ type: 'message', text });
  }
  if (running.length > 0) {
    const message = `programs that drive the board still run and cannot be ended: process groups ${running.join(', ')}`;
    const remedy = 'end them, then put the board at rest: `bc26-hil rest --rig …`';
    entries.push({ type: 'rig-error', code: 'CONTROL_TIMEOUT', message, remedy, atRest: false });
  }
  return entries;
}

/**
 * Entries about a child that crashed or ended before its tests were run; none for an orderly end.
 * @param planned the tests that it was to run
 * @param where the file with what Jest printed, and where the run stood
 */
export function describeBadEnd(
  { code, signal, overdue }: JestChildRemains,
  record: Pick<RunRecord, 'tests' | 'problems'>,
  planned: readonly Pick<PlannedTest, 'name'>[],
  { output, lastKnown }: { readonly output: string; readonly lastKnown: string },
): Entry[] {
  const crashed = (message: string, remedy = `what Jest printed is in ${output}`): Entry[] => [
    { type: 'rig-error', code: 'SUITES_CRASHED', message, remedy },
  ];
  if (signal === 'SIGKILL' && !overdue)
    return crashed(
      `the Jest child was killed from outside (signal 9, SIGKILL) ${lastKnown}; most likely the machine ran out of memory`,
      "`journalctl -k -g 'out of memory|oom'` or `dmesg` shows whether the kernel killed it, and for whose memory",
    );
  if (code !== 0 && !overdue)
    return crashed(
      `the Jest child ended with ${signal ? `signal ${signal}` : `exit code ${code}`} in the middle of the run, ${lastKnown}`,
    );
  const begun = new Set(record.tests.filter(({ trace }) => trace !== null).map(({ name }) => name));
  const left = planned.filter(({ name }) => !begun.has(name)).length;
  // A failed rig ends the child early on purpose, and the record has the reason.
  if (left === 0 || record.problems.length > 0) return [];
  return crashed(`the Jest child ended before ${left} of ${planned.length} tests`);
}

/** The child gave no sign of life for so many minutes and was killed. */
export const describeHang = (minutes: number, lastKnown: string): Entry => ({
  type: 'rig-error',
  code: 'SUITES_HUNG',
  message: `the Jest child gave no sign of life for ${minutes} minutes, ${lastKnown}, and was killed`,
  remedy:
    'it was stopped (SIGSTOP), or the machine has no time for it; the next command that meets the module puts it back',
});

/** The run took longer than it may. */
export const describeTimeout = (limit: string, waitedFor: string): Entry => ({
  type: 'rig-error',
  code: 'RUN_TIMEOUT',
  message: `the run was ended at its limit of ${limit}, ${waitedFor}`,
  remedy: 'the trace shows what it waited for; `--timeout` gives a run more time',
});
