import { readFileSync } from 'node:fs';

import { Command, CommanderError } from 'commander';

import { describeError, isHilError } from '../base/error.ts';
import { atCommand } from '../run/at/at-session.ts';
import { clausesCommand } from './clauses.ts';
import { outliveClosedOutput } from './closed-output.ts';
import { consoleCommand } from '../run/console/console-session.ts';
import { doctorCommand } from './doctor.ts';
import { emulateCommand } from './emulate.ts';
import { exitCodeOf } from './exit-code.ts';
import { platformCommand } from './platform.ts';
import { qualifyCommand } from './qualify.ts';
import { restCommand } from './rest.ts';
import { rigsCommand } from './rigs.ts';

/** What a command's action reports back: its exit code. */
export type Finish = (exitCode: number) => void;

const footer = `
Exit codes: 0 every judged clause passed · 1 the module failed a clause · 2 wrong usage or rig file ·
3 the rig failed, so nothing can be said of the module · 4 nothing failed, but something stayed undecided ·
130/143 interrupted, after the board was put at rest, or a line that says it could not be

First steps:
  bc26-hil qualify                     judge an emulated BC26: no hardware needed
  bc26-hil rigs                        the rig files there are, and whether they are sound
  bc26-hil qualify --rig my-bench.yaml judge a real board`;

/**
 * The command line.
 * @param args what follows the program's name
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  outliveClosedOutput([process.stdout, process.stderr]);
  let exitCode = 0;
  const finish: Finish = (code) => (exitCode = code);
  const program = new Command('bc26-hil')
    .description(
      'Qualifies AT+QDMPCFG and AT+QDMPCFGEX of Quectel BC26 modules, on a real board or an emulated one.',
    )
    .version(ownVersion(), '--version', 'print the version')
    .addHelpText('after', footer)
    .showHelpAfterError('(--help shows what there is)')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  for (const add of [
    qualifyCommand,
    emulateCommand,
    atCommand,
    consoleCommand,
    rigsCommand,
    doctorCommand,
    restCommand,
    clausesCommand,
    platformCommand,
  ]) {
    program.addCommand(inherit(program, add(finish)));
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${isHilError(error) ? describeError(error) : stackOf(error)}\n`);
    return exitCodeOf(error);
  }
}

const inherit = (program: Command, command: Command): Command => command.copyInheritedSettings(program);

const stackOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'stack' in error ? String(error.stack) : String(error);

function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
