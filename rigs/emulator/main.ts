import { checkNames } from './program/check.ts';
import { listings } from './program/lists.ts';
import { parseOptions } from './program/options.ts';
import { runEmulator } from './program/program.ts';
import { printForPerson, reportToParent } from './program/report.ts';

/** The code of commander's error after it has printed the help. */
const HELP_SHOWN = 'commander.helpDisplayed';

/** Commander writes a second line where it knows a name like the one that was written. */
const oneLine = (message: string): string =>
  message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean ([^\n]*)\)/, ' (did you mean $1)')
    .split('\n')[0] ?? '';

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.list) process.stdout.write(listings[options.list]());
  else if (options.check) checkNames(options);
  else runEmulator(options, options.print ? printForPerson : reportToParent());
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== HELP_SHOWN) {
    process.stderr.write(`emulator: ${oneLine(message)}\n`);
    process.exitCode = 2;
  }
  process.exit();
}
