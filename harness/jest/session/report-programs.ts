import type { ProgramWatch } from '../../../rigs/control/programs/run-command.ts';

/** Tells the supervisor of a program that drives the board, by its process group. */
export interface ProgramSaid {
  readonly state: 'started' | 'ended';
  readonly group: number;
}

const tell = (program: ProgramSaid): void => {
  // The callback: a supervisor that has gone is no error of ours, and we end for that reason already.
  process.send?.({ program }, () => undefined);
};

/**
 * Tells the supervisor which programs run, so that it can end them after us: they have process groups of their own.
 * What is sent is in the channel when `send` returns, and is read though we are killed right after.
 */
export const tellPrograms: ProgramWatch = {
  started: (group) => tell({ state: 'started', group }),
  ended: (group) => tell({ state: 'ended', group }),
};
