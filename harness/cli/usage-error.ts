import { type Command, CommanderError } from 'commander';

import { HilError } from '../base/error.ts';
import { didYouMean } from '../base/nearest.ts';

/**
 * What commander found wrong with the command line, as this program's error of one line: with the name that was meant,
 * and where all of them are listed.
 * @param program with its commands
 * @param args the arguments after the program's name
 */
export function usageErrorOf(
  { code, message }: CommanderError,
  program: Command,
  args: readonly string[],
): HilError {
  const command = program.commands.find((known) => known.name() === args[0]);
  const said = message.replace(/^error: /, '').replace(/\.$/, '');
  const near = didYouMean(quotedName(said), namesFor(code, program, command));
  const help = command ? `bc26-hil ${command.name()} --help` : 'bc26-hil --help';
  return new HilError('USAGE', `${said}${near}; ${listed[code] ?? 'see'}: ${help}`);
}

const listed: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'list them',
  'commander.unknownOption': 'list them',
};

const quotedName = (said: string): string => /'([^'=]*)/.exec(said)?.[1] ?? '';

function namesFor(code: string, program: Command, command: Command | undefined): string[] {
  if (code === 'commander.unknownCommand') return program.commands.map((known) => known.name());
  if (code === 'commander.unknownOption') return optionsOf(command ?? program);
  return [];
}

const optionsOf = (command: Command): string[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long }) => long ?? []);

/**
 * `help NAME` for a command that there is not: commander would print the help of the program in its place.
 * @throws CommanderError, as for a command that is not known
 */
export function refuseUnknownHelp(program: Command, [first, name]: readonly string[]): void {
  if (first !== 'help' || name === undefined || name === 'help' || name.startsWith('-')) return;
  if (program.commands.some((known) => known.name() === name)) return;
  throw new CommanderError(1, 'commander.unknownCommand', `error: unknown command '${name}'`);
}
