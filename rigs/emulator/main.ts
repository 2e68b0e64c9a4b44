import { parseOptions } from './options.ts';
import { runEmulator } from './program.ts';
import { startersReport } from './report.ts';

/** What commander throws once it has printed the help that was asked for. */
const HELP_SHOWN = 'commander.helpDisplayed';

try {
  runEmulator(parseOptions(process.argv.slice(2)), startersReport());
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== HELP_SHOWN) {
    process.stderr.write(`emulator: ${(message.split('\n')[0] ?? '').replace(/^error: /, '')}\n`);
    process.exitCode = 2;
  }
  process.exit();
}
