import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { isAlive } from '../../base/is-alive.fixture.ts';
import { junitIn, recordIn, start, traceIn, untilPrinted } from './qualify.fixture.ts';

/** The parent of a process, or undefined when it has ended: field 4 of /proc/PID/stat, after the name in brackets. */
function parentOf(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** The processes that a run has started: all below `pid`. */
export function descendants(pid: number): number[] {
  const all = readdirSync('/proc').map(Number).filter(Boolean);
  const parents = new Map(all.map((process) => [process, parentOf(process)]));
  const found = [pid];
  for (const parent of found) found.push(...all.filter((process) => parents.get(process) === parent));
  return found.slice(1);
}

/** Kills the one of `pids` that runs `program`. */
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

/** Waits until the run's progress shows its first suite file. */
export const untilUnderWay = (child: ReturnType<typeof start>): Promise<void> =>
  untilPrinted(child.stderr, '10-access-forms.suite.ts');

/** Waits up to `ms` for the processes to end; returns those that have not. */
export async function left(pids: readonly number[], ms: number): Promise<string[]> {
  for (const end = Date.now() + ms; Date.now() < end && pids.some(isAlive);) await sleep(20);
  return pids.filter(isAlive).map((pid) => `${pid} ${commandLine(pid)}`);
}

/** Sends a signal to a run in the middle, and expects a readable record and JUnit file, a board at rest and no process left. */
export async function expectOrderlyEnd(signal: NodeJS.Signals, exitCode: number, dir: string): Promise<void> {
  const child = start(['qualify', '--out', dir]);
  await untilUnderWay(child);
  const below = descendants(child.pid!);
  expect(below.length).toBeGreaterThanOrEqual(2);
  const asked = Date.now();
  child.kill(signal);
  const ended = await child;
  expect(ended.exitCode).toBe(exitCode);
  // What a CI runner gives (jest-child.ts), three times over for a busy machine.
  expect(Date.now() - asked).toBeLessThan(3 * 7_500);
  expect(await left(below, 10_000)).toEqual([]);
  const record = recordIn(dir);
  expect(record).toMatchObject({ state: 'interrupted', exitCode });
  expect(record.tests.filter(({ verdict }) => verdict === 'not-run').length).toBeGreaterThan(10);
  expect(junitIn(dir)).toContain('<skipped');
  // One line says it; nothing that was not come to reads like a failure.
  expect(ended.stdout.trimStart()).toMatch(
    new RegExp(`^Interrupted by ${signal} after .*: \\d+ of \\d+ tests had been run\n`),
  );
  expect(ended.stdout).not.toContain('ABORTED');
  // Jest ran no further tests while the module was restored.
  const startedAfterwards = record.tests.filter(
    ({ trace, reason }) => trace !== null && reason?.includes('was interrupted'),
  );
  expect(startedAfterwards.length).toBeLessThanOrEqual(1);
  // The child, which had the board open, put it at rest.
  expect(
    traceIn(dir).some(
      ({ source, action, state }) => source === 'control' && action === 'rest' && state === 'done',
    ),
  ).toBe(true);
}
