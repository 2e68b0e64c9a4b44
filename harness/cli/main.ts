import { readFileSync } from 'node:fs';

import { Command, CommanderError } from 'commander';

import { type Blame, describeError, isHilError } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import { atCommand } from './at.ts';
import { bundleCommand } from './bundle.ts';
import { clausesCommand } from './clauses.ts';
import { consoleCommand } from './console.ts';
import { doctorCommand } from './doctor.ts';
import { emulateCommand } from './emulate.ts';
import type { Finish } from './finish.ts';
import { outliveLostOutputs } from './lost-output.ts';
import { platformCommand } from './platform.ts';
import { proveCommand } from './prove.ts';
import { qualifyCommand } from './qualify.ts';
import { replayCommand } from './replay.ts';
import { reportCommand } from './report.ts';
import { restCommand } from './rest.ts';
import { restoreCommand } from './restore.ts';
import { rigsCommand } from './rigs.ts';
import { traceCommand } from './trace.ts';
import { refuseUnknownHelp, usageErrorOf } from './usage-error.ts';
import { verifyCommand } from './verify.ts';

/** The exit code of a command that an error ended. */
const exitCodes: Record<Blame, number> = { usage: 2, rig: 3, module: 1, stopped: 130 };

/** What commander throws after it has printed help or the version. */
const shown = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version']);

const footer = `
Exit codes:
  0         every judged clause passed
  1         the module failed a clause
  2         wrong usage or a mistake in the rig file
  3         the rig failed, and no failure of the module was confirmed before
  4         nothing failed, but something stayed undecided, or nothing was judged
  130, 143  interrupted; the board was put at rest, or a line says that it could not be

First steps:
  bc26-hil qualify                      judge an emulated BC26: no hardware needed
  bc26-hil rigs                         list the rig files and check them
  bc26-hil qualify --rig my-bench.yaml  judge a real board`;

/**
 * Runs the command line.
 * @param args the arguments after the program's name
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  outliveLostOutputs();
  let exitCode = 0;
  const finish: Finish = (code) => (exitCode = code);
  const program = new Command('bc26-hil')
    .description(
      'Qualifies AT+QDMPCFG and AT+QDMPCFGEX of Quectel BC26 modules, on a real board or an emulated one.',
    )
    .version(ownVersion(), '--version', 'print the version')
    .addHelpText('after', footer)
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError(false)
    // Errors are printed below, in one line.
    .configureOutput({ writeErr: (text) => process.stderr.write(escapeText(text)), outputError: () => {} })
    .exitOverride();
  for (const add of [
    qualifyCommand,
    emulateCommand,
    atCommand,
    consoleCommand,
    rigsCommand,
    doctorCommand,
    restCommand,
    restoreCommand,
    clausesCommand,
    platformCommand,
    proveCommand,
    reportCommand,
    verifyCommand,
    replayCommand,
    bundleCommand,
    traceCommand,
  ]) {
    program.addCommand(inherit(program, add(finish)));
  }
  try {
    refuseUnknownHelp(program, args);
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    const isWrongUsage = thrown instanceof CommanderError && !shown.has(thrown.code);
    if (thrown instanceof CommanderError && !isWrongUsage) return thrown.exitCode === 0 ? 0 : 2;
    const error = isWrongUsage ? usageErrorOf(thrown, program, args) : thrown;
    process.stderr.write(`${escapeText(isHilError(error) ? describeError(error) : stackOf(error))}\n`);
    // An unforeseen error says nothing of the module, so it counts as the rig's.
    return isHilError(error) ? exitCodes[error.blame] : exitCodes.rig;
  }
}

const inherit = (program: Command, command: Command): Command => command.copyInheritedSettings(program);

const stackOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'stack' in error ? String(error.stack) : String(error);

function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
