import type { Entry } from '../../../reports/record/entry.ts';
import type { RunRecord } from '../../../reports/record/record.ts';
import type { JestChildRemains } from './jest-child.ts';

/** What has to be said however the child ended: it had to be killed, or programs may still switch the board on. */
export function leftOver({ overdue, running }: Pick<JestChildRemains, 'overdue' | 'running'>): Entry[] {
  const entries: Entry[] = [];
  if (overdue) {
    const text = 'the Jest child did not end by itself once it had said its last, and was killed';
    entries.push({ type: 'message', text });
  }
  if (running.length > 0) {
    const message = `programs of control still run and cannot be ended: process groups ${running.join(', ')}`;
    const remedy = 'end them, then put the board at rest: `bc26-hil rest --rig …`';
    entries.push({ type: 'rig-error', code: 'CONTROL_TIMEOUT', message, remedy, atRest: false });
  }
  return entries;
}

/** What a child that ended by itself leaves to be said: it crashed, or it ended before its tests did. */
export function endedBadly(
  { code, signal, overdue }: JestChildRemains,
  record: Pick<RunRecord, 'tests' | 'problems'>,
  output: string,
): Entry[] {
  const crashed = (message: string): Entry[] => [
    { type: 'rig-error', code: 'SUITES_CRASHED', message, remedy: `what Jest printed is in ${output}` },
  ];
  if (code !== 0 && !overdue) {
    return crashed(
      `the Jest child ended with ${signal ? `signal ${signal}` : `exit code ${code}`} in the middle of the run`,
    );
  }
  const left = record.tests.filter(({ trace }) => trace === null).length;
  // A rig that failed ends the child early on purpose, and has said why.
  if (left === 0 || record.problems.length > 0) return [];
  return crashed(`the Jest child ended before ${left} of ${record.tests.length} tests`);
}
