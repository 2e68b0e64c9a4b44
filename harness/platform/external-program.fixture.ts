import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Longer than any of them needs on a busy machine. */
const TOOL_MS = 20_000;

/** What a program printed, on both streams; rejects when it fails or takes too long. */
export async function output(program: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(program, args, { timeout: TOOL_MS });
  return stdout + stderr;
}

const installed = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/**
 * Tests that need a program. Without it they are skipped, and their name says why; where CI is set they run
 * and fail, so that a gate never passes on what it did not try.
 */
export function describeWith(program: string, debianPackage: string, name: string, body: () => void): void {
  if (installed(program) || process.env['CI'] === 'true') describe(name, body);
  else describe.skip(`${name} (skipped: ${program} is missing, apt-get install ${debianPackage})`, body);
}
