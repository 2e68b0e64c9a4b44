import { hasCode } from '../../base/error.ts';
import { extended } from '../../clauses/limits.ts';
import type { Sender } from '../../cmdmp/access.ts';
import { accessCommand, accessWrite, extendedCommand, extendedWrite } from '../../cmdmp/encode.ts';
import { describeCommand } from '../../cmdmp/form.ts';
import { savedRecords } from '../../cmdmp/records.ts';
import type { Snapshot } from '../../cmdmp/snapshot.ts';

/** The commands under test that a firmware does not have, by name. */
export type AbsentCommands = ReadonlySet<string>;

/**
 * What is sent besides the snapshot's queries before a command counts as absent. A module may refuse to read an extended
 * record that was never saved (EX-READ-EMPTY), so one is erased as well: it is known to be unreadable, and every run
 * writes to it.
 */
const lastQuestions: Readonly<Record<string, readonly string[]>> = {
  [accessCommand]: [`${accessCommand}=?`, accessWrite(6)],
  [extendedCommand]: [`${extendedCommand}=?`, extendedWrite(1, extended.acts.erase)],
};

/**
 * Finds which of the two commands a firmware does not have: the test form and every query are refused.
 * @param snapshot taken before, and its credentials guarded, since a question may write
 */
export async function findAbsent(sender: Sender, snapshot: Snapshot): Promise<AbsentCommands> {
  const absent = new Set<string>();
  for (const [command, questions] of Object.entries(lastQuestions)) {
    if (refusedInSnapshot(snapshot, command) && (await refusesAll(sender, questions))) absent.add(command);
  }
  return absent;
}

function refusedInSnapshot({ inUse, saved }: Snapshot, command: string): boolean {
  const queries = savedRecords.filter((record) => record.command === command);
  if (queries.some(({ name }) => saved[name]?.text !== undefined)) return false;
  return command !== accessCommand || inUse.text === undefined;
}

async function refusesAll(sender: Sender, commands: readonly string[]): Promise<boolean> {
  for (const command of commands) {
    try {
      if ((await sender.at(command)).final.kind === 'OK') return false;
    } catch (error) {
      // A command that silences the module is not absent.
      if (hasCode(error, 'INPUT_SILENCES')) return false;
      throw error;
    }
  }
  return true;
}

/**
 * Which commands a clause needs, by the first part of its id. The clauses of other chapters hold for either command, and
 * are judged on the one that exists.
 */
const commandsOf: Readonly<Record<string, readonly string[]>> = {
  CFG: [accessCommand],
  STATE: [accessCommand],
  WIRE: [accessCommand],
  EX: [extendedCommand],
  CROSS: [accessCommand, extendedCommand],
};

/** The clause that fails when a command is absent: its test form. */
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
 * Why a test is not run on a firmware without some command; undefined when it is run. An absent command is one finding,
 * made by the clause of its test form, and not a failure of each of its clauses. If both commands are absent, only the
 * two findings are made: an ERROR to an unknown command says nothing about how errors are formed.
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

/** What `excuse` needs to know of a failed test. */
export interface Failure {
  readonly clauses: readonly string[];
  /** What ended the test. */
  readonly thrown: unknown;
  /** The last command it sent; undefined if it sent none. */
  readonly last: string | undefined;
}

/** Recognizes failures whose only cause is an absent command. */
export interface Excuses {
  /** Why a failed test does not count as failed; undefined when it does. */
  readonly excuse: (failure: Failure) => string | undefined;
}

/**
 * For tests whose clause ids do not show that they need the absent command. A test is excused if it failed on that
 * command, and so is a test that shares the failed arrangement: it fails with the same error without sending anything.
 */
export function createExcuses(absent: AbsentCommands): Excuses {
  const excused = new WeakMap<object, string>();
  return {
    excuse({ clauses, thrown, last }) {
      const error = typeof thrown === 'object' && thrown !== null ? thrown : undefined;
      const earlier = error && excused.get(error);
      if (earlier !== undefined) return earlier;
      const { command } = describeCommand(last ?? '');
      if (!absent.has(command) || makesTheFinding(clauses, command)) return undefined;
      if (error) excused.set(error, reasonOf(command));
      return reasonOf(command);
    },
  };
}
