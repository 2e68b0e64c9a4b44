import { accounts } from '../../harness/jest/suite.ts';

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

/** Resources of object 666, instance 0, by extended record, in the order of its fields (CMDMP.md §1.5). */
export const resources = [
  [6602],
  [6603],
  [6604, 6605, 6606, 6607],
  [6608, 6609],
  [6610, 6611, 6612, 6613],
  [6614],
] as const;
