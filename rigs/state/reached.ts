import { readFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { replaceFile } from '../../harness/base/replace-file.ts';
import { stateFolder } from './state-folder.ts';

/** A module that has reached the platform of a rig. */
export interface Reached {
  readonly imei: string;
  /** The rig's name. */
  readonly rig: string;
  /** The address at which the module reaches the platform. */
  readonly address: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const kept = z.array(z.object({ rig: z.string(), address: z.string() }));

const fileOf = (imei: string, environment: Environment): string =>
  path.join(stateFolder(environment), 'reached', `${imei}.json`);

function readKept(imei: string, environment: Environment): z.infer<typeof kept> {
  try {
    return kept.parse(JSON.parse(readFileSync(fileOf(imei, environment), 'utf8')));
  } catch {
    // A file that is missing or damaged proves nothing: silence is then undecided, which is safe.
    return [];
  }
}

/** Whether the module is known to have reached the platform from this rig. False where that cannot be read. */
export const hasReached = (
  { imei, rig, address }: Reached,
  environment: Environment = process.env,
): boolean => readKept(imei, environment).some((one) => one.rig === rig && one.address === address);

/**
 * Keeps that the module has reached the platform from this rig.
 * @throws the error of the system
 */
export function keepReached({ imei, rig, address }: Reached, environment: Environment = process.env): void {
  const all = [...readKept(imei, environment), { rig, address }];
  replaceFile(fileOf(imei, environment), `${JSON.stringify(all, null, 2)}\n`);
}
