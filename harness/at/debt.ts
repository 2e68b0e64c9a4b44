/** Final results the module still owes for commands that were given up. */
export interface Debt {
  readonly owed: number;
  /** The commands owed for, bare `AT`s aside; empty when all were `AT`. */
  readonly commands: readonly string[];
  /** When the last of them was given up, ns. */
  readonly since: bigint;
  /** A probe, or an `AT` of the caller's, has been answered since: the module listens, and works in order. */
  readonly answered: boolean;
}

export const noDebt: Debt = { owed: 0, commands: [], since: 0n, answered: false };

const isBare = (command: string): boolean => command.toUpperCase() === 'AT';

/** Commands kept for the message of an error; more are only counted. */
const kept = 4;

/** `finals` more final results are owed for `command`, given up at `at`. */
export const owe = (debt: Debt, command: string, finals: number, at: bigint): Debt => ({
  owed: debt.owed + finals,
  commands: isBare(command) ? debt.commands : [...debt.commands, command].slice(-kept),
  since: at,
  answered: false,
});

/** One of them came after all. */
export const pay = (debt: Debt): Debt => (debt.owed <= 1 ? noDebt : { ...debt, owed: debt.owed - 1 });

/** A final result came that may be a late one or that of the `AT` sent after it. */
export const heard = (debt: Debt): Debt => (debt.owed === 0 ? noDebt : { ...debt, answered: true });

/**
 * Whether `command` can be sent with the debt standing. Repeating `AT` until it is answered is how one
 * synchronises with a module that boots (BC26.md §1, §8), and one OK to an `AT` is as good as another.
 */
export const mayFollow = (debt: Debt, command: string): boolean =>
  debt.owed === 0 || (isBare(command) && debt.commands.length === 0);
