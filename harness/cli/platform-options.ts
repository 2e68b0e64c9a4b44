import { HilError } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import type { Peer } from '../platform/coap/peer.ts';
import { type Credentials, defaultAccount } from '../platform/lwm2m/credentials.ts';

/** The account the platform knows, and a line that says which it is, without a private key that is not ours. */
interface KnownAccount {
  readonly account: Credentials;
  readonly said: string;
}

/**
 * The account of `--app-key` and `--password-env`. With neither it is the default account, said whole: who gives it to
 * a module needs the private key. An app key alone has no private key: only our own account's is known to us.
 * @throws USAGE where the environment variable is not set
 */
export function knownAccount(appKey: string | undefined, passwordEnv: string | undefined): KnownAccount {
  if (appKey === undefined && passwordEnv === undefined) {
    const { appKey: key, password } = defaultAccount;
    return {
      account: defaultAccount,
      said: `knows app key ${key} with private key ${password}: AT+QDMPCFG=2,"${key}","${password}",<tmlType>,<IMEI>`,
    };
  }
  const key = appKey ?? defaultAccount.appKey;
  const password = passwordEnv === undefined ? '' : passwordFrom(passwordEnv);
  const whose =
    passwordEnv === undefined ? 'no private key' : `the private key in ${escapeText(passwordEnv)}`;
  return { account: { appKey: key, password }, said: `knows app key ${escapeText(key)} with ${whose}` };
}

function passwordFrom(name: string): string {
  const password = process.env[name];
  if (password !== undefined) return password;
  throw new HilError('USAGE', `the environment variable ${escapeText(name)} is not set`, {
    remedy: 'set it to the private key saved in the module; leave --password-env out where none is saved',
  });
}

/** @throws USAGE */
export function parseListen(text: string): Peer {
  const [, address, port] = /^(\d{1,3}(?:\.\d{1,3}){3}):(\d{1,5})$/.exec(text) ?? [];
  if (address !== undefined && port !== undefined) return { address, port: Number(port) };
  throw new HilError('USAGE', `--listen ${escapeText(text)} is no IPv4 address and port`, {
    remedy: 'write it like 127.0.0.1:5683',
  });
}

/** Network seconds per second. @throws USAGE */
export function parseClock(text: string): number {
  const pace = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (pace > 0) return pace;
  throw new HilError('USAGE', `--clock ${escapeText(text)} is no positive number`, {
    remedy: 'leave it out, or give network seconds per second, such as 60',
  });
}
