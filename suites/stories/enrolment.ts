import { type Fixtures, wireAccounts } from '../../harness/jest/suite.ts';
import { credentials } from '../values/samples.ts';

/** The update period of most stories, s: the shortest that the note allows, so stories are short. */
export const updatePeriod = 300;

/** The update period of the story that waits for no update, s: needs more than two bytes, unlike the shortest. */
export const longerPeriod = 100_000;

/**
 * Credentials that the test platform knows: one set per terminal type, with IMEIs of all allowed lengths. Keys are as long
 * as real ones, and keys and IMEIs begin alike, so that a firmware that cuts or compares too little is noticed.
 */
export const enrolments = [
  { ...wireAccounts[0], tmlType: 0, tmlImei: '863703030822519', letter: 'I' },
  { ...wireAccounts[1], tmlType: 1, tmlImei: '8637030308225192', letter: 'L' },
  { ...wireAccounts[2], tmlType: 2, tmlImei: '86370303082251927', letter: 'A' },
] as const;

/** What is saved of the credentials, and the letter of the terminal type. */
export interface Enrolment {
  readonly appKey: string;
  readonly password: string;
  readonly tmlType: number;
  readonly tmlImei: string;
  readonly letter: string;
}

/**
 * The credentials that the story of acceptance saves in mid-life. They look like those of the story after it, whose key
 * differs from the fifth character on: a firmware that takes them for the same goes on with this key.
 */
export const lookalike: Enrolment = { ...enrolments[2], password: wireAccounts[0].password };

/**
 * Saves the rig's platform as server, credentials and access mode 1; they come into use at the next reboot. The note states
 * no length of keys: where the module refuses these, it is given a short one.
 * @returns the credentials that were saved
 */
export async function enrol(
  { module, platform }: Fixtures,
  enrolment: Enrolment,
  period = updatePeriod,
): Promise<Enrolment> {
  const { serverIP, serverPort } = platform;
  await module.access.saveServer({ serverIP, serverPort, updatePeriod: period });
  const saved = await saveCredentials(module, enrolment);
  await module.access.saveMode(1);
  return saved;
}

async function saveCredentials(module: Fixtures['module'], wanted: Enrolment): Promise<Enrolment> {
  const save = async (one: Enrolment): Promise<Enrolment> => {
    const { appKey, password, tmlType, tmlImei } = one;
    await module.access.saveCredentials({ appKey, password, tmlType, tmlImei });
    return one;
  };
  try {
    return await save(wanted);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'AT_REFUSED') throw error;
    return save({ ...wanted, appKey: credentials.appKey, password: credentials.password });
  }
}
