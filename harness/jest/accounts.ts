import { defaultAccount } from '../platform/default-account.ts';

/**
 * Accounts of the test platform: made up, and known to nobody else. What a suite saves in the module with
 * AT+QDMPCFG=2 has to be one of them (or the rig's own) for the platform to accept it.
 */
export const accounts = [defaultAccount, { appKey: 'M200000017', password: 'Zb8-AnotherKey' }] as const;
