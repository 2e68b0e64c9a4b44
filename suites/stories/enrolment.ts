import { accounts, type Fixtures } from '../../harness/jest/suite.ts';

/** The shortest period of the note: what follows from it takes no longer than it must. */
export const updatePeriod = 300;

/** Another one, for a story that waits for no update; it takes more than two bytes, which the shortest does not. */
export const longerPeriod = 100_000;

/** Credentials the test platform knows, one set a terminal type; each IMEI of another length the note allows. */
export const enrolments = [
  { ...accounts[0], tmlType: 0, tmlImei: '863703030822519', letter: 'I' },
  { ...accounts[1], tmlType: 1, tmlImei: '8637030308225274', letter: 'L' },
  { ...accounts[0], tmlType: 2, tmlImei: '86370303082252741', letter: 'A' },
] as const;

export type Enrolment = (typeof enrolments)[number];

/** Saves what the module needs to find the rig's platform, with access enabled; in use after a reboot. */
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
