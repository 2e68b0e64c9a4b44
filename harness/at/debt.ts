/** The final results that the module still owes for commands that were given up. */
export interface Debt {
  readonly owed: number;
  /** Those commands without the bare `AT`s; empty if all were `AT`. */
  readonly commands: readonly string[];
  /** When the last command was given up, ns. */
  readonly since: bigint;
  /** A probe, or an `AT` of the caller, was answered since: the module listens, and answers in order. */
  readonly answered: boolean;
}

export const noDebt: Debt = { owed: 0, commands: [], since: 0n, answered: false };

const isBare = (command: string): boolean => command.toUpperCase() === 'AT';

const keptCommands = 4;

/** Adds `finals` final results owed for `command`, which was given up at `at` (ns). */
export const addDebt = (debt: Debt, command: string, finals: number, at: bigint): Debt => ({
  owed: debt.owed + finals,
  commands: isBare(command) ? debt.commands : [...debt.commands, command].slice(-keptCommands),
  since: at,
  answered: false,
});

/** One of them has come after all. */
export const payOne = (debt: Debt): Debt => (debt.owed <= 1 ? noDebt : { ...debt, owed: debt.owed - 1 });

/** A final result came: a late one, or that of the `AT` that was sent after it. */
export const markAnswered = (debt: Debt): Debt => (debt.owed === 0 ? noDebt : { ...debt, answered: true });

/**
 * Whether `command` may be sent while the debt stands. `AT` may follow unanswered `AT`s: it is repeated until a booting
 * module answers (BC26.md §1, §8), and the OK of one `AT` is as good as that of another.
 */
export const maySend = (debt: Debt, command: string): boolean =>
  debt.owed === 0 || (isBare(command) && debt.commands.length === 0);
