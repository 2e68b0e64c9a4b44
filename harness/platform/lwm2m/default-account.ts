import type { Credentials } from './credentials.ts';

/** The account that the test platform knows unless told others: the note's example key, and a private key made up. */
export const defaultAccount = {
  appKey: 'M100000089',
  password: 'Qa1xTrueKey7',
} as const satisfies Credentials;
