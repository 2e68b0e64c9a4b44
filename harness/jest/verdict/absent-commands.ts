import { extended } from '../../clauses/limits.ts';
import type { Sender } from '../../cmdmp/access.ts';
import { accessCommand, accessWrite, extendedCommand, extendedWrite } from '../../cmdmp/encode.ts';
import { describeCommand } from '../../cmdmp/form.ts';
import { savedRecords } from '../../cmdmp/records.ts';
import type { Snapshot } from '../../cmdmp/snapshot.ts';

/** The commands under test that a firmware has not, by name. */
export type AbsentCommands = ReadonlySet<string>;

/**
 * What is asked besides the snapshot's queries before a command is called absent. A module may refuse to read an
 * extended record that was never saved (EX-READ-EMPTY), so one is erased, too: that it cannot be read is known,
 * and every run writes to it.
 */
const lastQuestions: Readonly<Record<string, readonly string[]>> = {
  [accessCommand]: [`${accessCommand}=?`, accessWrite(6)],
  [extendedCommand]: [`${extendedCommand}=?`, extendedWrite(1, extended.acts.erase)],
};

function refusedInSnapshot({ inUse, saved }: Snapshot, command: string): boolean {
  const queries = savedRecords.filter((record) => record.command === command);
  if (queries.some(({ name }) => saved[name]?.text !== undefined)) return false;
  return command !== accessCommand || inUse.text === undefined;
}

async function refusesAll(sender: Sender, commands: readonly string[]): Promise<boolean> {
  for (const command of commands) {
    if ((await sender.at(command)).final.kind === 'OK') return false;
  }
  return true;
}

/**
 * Finds out which of the two commands a firmware has not at all: the test form and every query are refused.
 * @param snapshot taken before; its credentials guarded, since a question may write
 */
export async function findAbsent(sender: Sender, snapshot: Snapshot): Promise<AbsentCommands> {
  const absent = new Set<string>();
  for (const [command, questions] of Object.entries(lastQuestions)) {
    if (refusedInSnapshot(snapshot, command) && (await refusesAll(sender, questions))) absent.add(command);
  }
  return absent;
}

/**
 * Which commands a clause needs, by the first part of its id. What the other chapters say holds of either command,
 * and is judged upon the one that is there.
 */
const commandsOf: Readonly<Record<string, readonly string[]>> = {
  CFG: [accessCommand],
  STATE: [accessCommand],
  WIRE: [accessCommand],
  EX: [extendedCommand],
  CROSS: [accessCommand, extendedCommand],
};

/** The clause that fails when a command is absent: the one finding. */
const findings: Readonly<Record<string, string>> = {
  [accessCommand]: 'CFG-TEST',
  [extendedCommand]: 'EX-TEST',
};

const reasonOf = (command: string): string => `this firmware has no ${command}`;

const makesTheFinding = (clauses: readonly string[], command: string): boolean =>
  clauses.includes(findings[command] ?? '');

const makesAFinding = (clauses: readonly string[]): boolean =>
  Object.keys(findings).some((command) => makesTheFinding(clauses, command));

/**
 * Why a test is not run on a firmware without some command, or undefined when it is: a command that is not there is
 * one finding, made by the clause of its test form, and not one for each of its clauses. Where neither is there, the
 * two findings are all that can be said: an ERROR to a command that nobody knows says nothing of how errors are made.
 */
export function whyAbsent(clauses: readonly string[], absent: AbsentCommands): string | undefined {
  const all = Object.keys(findings);
  if (all.every((command) => absent.has(command)) && !makesAFinding(clauses)) {
    return `this firmware has neither ${all.join(' nor ')}`;
  }
  const command = clauses
    .flatMap((id) => commandsOf[id.split('-', 1)[0] ?? ''] ?? [])
    .find((name) => absent.has(name) && !makesTheFinding(clauses, name));
  return command && reasonOf(command);
}

/** A test that failed, as far as it matters here. */
export interface Failure {
  readonly clauses: readonly string[];
  /** What ended the test. */
  readonly thrown: unknown;
  /** The command it sent last; undefined when it sent none. */
  readonly last: string | undefined;
}

/** Tells failures that are but the absence of a command. */
export interface Excuses {
  /** Why a failed test is not to be counted as failed; undefined when it is. */
  readonly excuse: (failure: Failure) => string | undefined;
}

/**
 * For tests whose clauses do not tell that they need a command that is not there: they are excused when they failed
 * upon it, and so are those that share what was arranged in vain, and fail of the same error without sending anything.
 */
export function createExcuses(absent: AbsentCommands): Excuses {
  const excused = new WeakMap<object, string>();
  return {
    excuse({ clauses, thrown, last }) {
      const error = typeof thrown === 'object' && thrown !== null ? thrown : undefined;
      const known = error && excused.get(error);
      if (known !== undefined) return known;
      const { command } = describeCommand(last ?? '');
      if (!absent.has(command) || makesTheFinding(clauses, command)) return undefined;
      if (error) excused.set(error, reasonOf(command));
      return reasonOf(command);
    },
  };
}
