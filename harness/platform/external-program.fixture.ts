import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Longer than any program needs on a busy machine. */
const TIMEOUT_MS = 20_000;

/** The output of a program, standard output before standard error. Rejects when it fails or takes too long. */
export async function outputOf(program: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(program, args, { timeout: TIMEOUT_MS });
  return stdout + stderr;
}

/** @param program its name, or the absolute path of a file that its package installs */
const isInstalled = (program: string): boolean =>
  path.isAbsolute(program) ? existsSync(program) : isInPath(program);

const isInPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/**
 * Like `describe`, for tests that need an external program. Without the program they are skipped, and their name
 * says why. If the environment variable CI is `true`, they run and fail: CI never passes tests that did not run.
 */
export function describeWithProgram(
  program: string,
  debianPackage: string,
  name: string,
  body: () => void,
): void {
  if (isInstalled(program) || process.env['CI'] === 'true') describe(name, body);
  else describe.skip(`${name} (skipped: ${program} is missing, apt-get install ${debianPackage})`, body);
}
