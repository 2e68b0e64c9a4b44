import { execFile } from 'node:child_process';
import path from 'node:path';

/** The emulator's program. It is asked, never imported. */
const program = path.resolve(import.meta.dirname, '../emulator/main.mjs');

/**
 * ms; its start takes half a second. 20 s were seen on two cores with 40 busy processes, and more than 60 s on an
 * emulated Raspberry Pi 3 beside 20. It costs time only where the program hangs.
 */
const limitMs = 300_000;

/** Bytes; the list of faults has 30 kB. */
const mostOutput = 10_000_000;

/** How the emulator's program ended: `error` where it could not be run, or ended with another code than 0. */
interface EmulatorAnswer {
  readonly error: (Error & { readonly code?: number | string | null }) | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the emulator's program with these arguments until it ends by itself. Never rejects. */
export function askEmulator(args: readonly string[]): Promise<EmulatorAnswer> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const options = { env, timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: mostOutput } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) =>
      resolve({ error, stdout, stderr }),
    );
  });
}
