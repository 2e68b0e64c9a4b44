import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { isAlive, junitIn, recordIn, said, start, traceIn } from './qualify.fixture.ts';

/** Fixtures for the tests of how runs end: what a run has started, and whether it is gone. */

/** The parent of a process, or undefined when it has ended: field 4 of /proc/PID/stat, after the name in brackets. */
function parentOf(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** The processes below `pid`: what a run has started. */
export function descendants(pid: number): number[] {
  const all = readdirSync('/proc').map(Number).filter(Boolean);
  const parents = new Map(all.map((process) => [process, parentOf(process)]));
  const found = [pid];
  for (const parent of found) found.push(...all.filter((process) => parents.get(process) === parent));
  return found.slice(1);
}

/** Kills one of `pids` by what it runs; never anything else. */
export function kill(pids: readonly number[], program: string): void {
  const pid = pids.find((candidate) => commandLine(candidate).includes(program));
  if (!pid) throw new Error(`no process runs ${program}`);
  process.kill(pid, 'SIGKILL');
}

export const commandLine = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
};

/** Waits until the run's own progress shows that its suites are under way. */
export const untilUnderWay = (child: ReturnType<typeof start>): Promise<void> =>
  said(child.stderr, '10-access-forms.suite.ts');

/** Waits for the processes to end; what is left after `ms` is returned. */
export async function left(pids: readonly number[], ms: number): Promise<string[]> {
  for (const end = Date.now() + ms; Date.now() < end && pids.some(isAlive);) await sleep(20);
  return pids.filter(isAlive).map((pid) => `${pid} ${commandLine(pid)}`);
}

/**
 * Sends a signal to a run whose suites are under way, and expects that it leaves a readable record and JUnit, the
 * board at rest and no process behind.
 */
export async function expectOrderlyEnd(signal: NodeJS.Signals, exitCode: number, dir: string): Promise<void> {
  const child = start(['qualify', '--out', dir]);
  await untilUnderWay(child);
  const below = descendants(child.pid!);
  expect(below.length).toBeGreaterThanOrEqual(2);
  const asked = Date.now();
  child.kill(signal);
  const ended = await child;
  expect(ended.exitCode).toBe(exitCode);
  expect(Date.now() - asked).toBeLessThan(6_000);
  expect(await left(below, 10_000)).toEqual([]);
  const record = recordIn(dir);
  expect(record).toMatchObject({ state: 'interrupted', exitCode });
  expect(record.tests.filter(({ verdict }) => verdict === 'not-run').length).toBeGreaterThan(10);
  expect(junitIn(dir)).toContain('<skipped');
  // Jest went through no further tests meanwhile: the module was being given back.
  const goneThrough = record.tests.filter(
    ({ trace, reason }) => trace !== null && reason?.includes('was interrupted'),
  );
  expect(goneThrough.length).toBeLessThanOrEqual(1);
  // The board was put at rest by the child that had it open.
  expect(
    traceIn(dir).some(
      ({ source, action, state }) => source === 'control' && action === 'rest' && state === 'done',
    ),
  ).toBe(true);
}
