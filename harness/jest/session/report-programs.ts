import type { ProgramWatch } from '../../../rigs/control/programs/run-command.ts';

/** What the supervisor gets of a program that drives the board. */
export interface ProgramReport {
  readonly state: 'started' | 'ended';
  /** Its process group. */
  readonly group: number;
}

function report(program: ProgramReport): void {
  // With a callback, a supervisor that has gone causes no error; this process ends for that reason anyway.
  process.send?.({ program }, () => undefined);
}

/**
 * Reports to the supervisor which programs run, so that it can end them after this process: they have process groups of
 * their own. A report is in the channel when `send` returns, and is read even if this process is killed right after.
 */
export const reportPrograms: ProgramWatch = {
  started: (group) => report({ state: 'started', group }),
  ended: (group) => report({ state: 'ended', group }),
};
