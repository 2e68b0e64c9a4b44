import { execFile } from 'node:child_process';
import path from 'node:path';

/** The emulator's program. It is asked, never imported. */
const program = path.resolve(import.meta.dirname, '../emulator/main.mjs');

/**
 * s; its start takes half a second. 20 s were seen on two cores with 40 busy processes. It costs time only where the
 * program hangs. `BC26_HIL_EMULATOR_S` is another limit, for a machine as slow as an emulated Raspberry Pi
 * (`rigs/pi-lane/`).
 */
const usualLimit = 60;

function limitMs(environment: Environment): number {
  const given = Number(environment['BC26_HIL_EMULATOR_S']);
  return Math.ceil(1000 * (given > 0 && given < 86_400 ? given : usualLimit));
}

/** Bytes; the list of faults has 30 kB. */
const mostOutput = 10_000_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** How the emulator's program ended: `error` where it could not be run, or ended with another code than 0. */
interface EmulatorAnswer {
  readonly error: (Error & { readonly code?: number | string | null }) | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the emulator's program with these arguments until it ends by itself, or is too slow. Never rejects. */
export function askEmulator(
  args: readonly string[],
  environment: Environment = process.env,
): Promise<EmulatorAnswer> {
  const { NODE_OPTIONS: _, ...env } = environment;
  const options = {
    env,
    timeout: limitMs(environment),
    killSignal: 'SIGKILL',
    maxBuffer: mostOutput,
  } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) =>
      resolve({ error, stdout, stderr }),
    );
  });
}
