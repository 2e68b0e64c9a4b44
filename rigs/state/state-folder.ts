import { homedir } from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Relative paths are ignored, as the XDG specification demands. */
const onlyAbsolute = (folder: string | undefined): string | undefined =>
  folder && path.isAbsolute(folder) ? folder : undefined;

/**
 * The folder for files that outlive a checkout (locks, wear ledger, history): BC26_HIL_STATE, else
 * $XDG_STATE_HOME/bc26-hil, else ~/.local/state/bc26-hil (XDG Base Directory Specification). Not created here.
 */
export function stateFolder(environment: Environment = process.env): string {
  if (environment['BC26_HIL_STATE']) return path.resolve(environment['BC26_HIL_STATE']);
  const base = onlyAbsolute(environment['XDG_STATE_HOME']) ?? path.join(homedir(), '.local', 'state');
  return path.join(base, 'bc26-hil');
}
