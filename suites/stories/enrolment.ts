import { accounts, type Fixtures } from '../../harness/jest/suite.ts';

/** The update period of most stories, s: the shortest that the note allows, so stories are short. */
export const updatePeriod = 300;

/** The update period of the story that waits for no update, s: needs more than two bytes, unlike the shortest. */
export const longerPeriod = 100_000;

/** Credentials that the test platform knows: one set per terminal type, with IMEIs of all allowed lengths. */
export const enrolments = [
  { ...accounts[0], tmlType: 0, tmlImei: '863703030822519', letter: 'I' },
  { ...accounts[1], tmlType: 1, tmlImei: '8637030308225274', letter: 'L' },
  { ...accounts[0], tmlType: 2, tmlImei: '86370303082252741', letter: 'A' },
] as const;

export type Enrolment = (typeof enrolments)[number];

/** Saves the rig's platform as server, credentials and access mode 1; they come into use at the next reboot. */
export async function enrol(
  { module, platform }: Fixtures,
  { appKey, password, tmlType, tmlImei }: Enrolment,
  period = updatePeriod,
): Promise<void> {
  const { serverIP, serverPort } = platform;
  await module.access.saveServer({ serverIP, serverPort, updatePeriod: period });
  await module.access.saveCredentials({ appKey, password, tmlType, tmlImei });
  await module.access.saveMode(1);
}
