import { execFile } from 'node:child_process';
import path from 'node:path';

import { z } from 'zod';

import { HilError, messageOf } from '../../harness/base/error.ts';

/** The emulator's program. It is asked, never imported. */
const program = path.resolve(import.meta.dirname, '../emulator/main.mjs');

/** ms; on two cores shared with a test run its start takes about a second. */
const limitMs = 15_000;

const listed = z.array(z.object({ id: z.string(), describe: z.string(), breaks: z.array(z.string()) }));

/** A firmware fault of the emulated module: what is wrong, and the ids of the clauses that this breaks. */
export type FaultFacts = z.infer<typeof listed>[number];

/**
 * Asks the emulator's program for its firmware faults.
 * @throws EMULATOR_FAILED
 */
export async function listFaults(): Promise<readonly FaultFacts[]> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const options = { env, timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: 10_000_000 } as const;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, '--faults', '--json'], options, (error, out) => {
      if (error) return reject(failed(error));
      try {
        resolve(listed.parse(JSON.parse(out)));
      } catch (cause) {
        reject(failed(cause));
      }
    });
  });
}

const failed = (cause: unknown): HilError =>
  new HilError('EMULATOR_FAILED', `the emulator did not list its faults: ${messageOf(cause)}`, {
    remedy: 'start it alone with `npx bc26-hil emulate --faults` to see what it prints',
    cause,
  });
