import { HilError } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import type { Peer } from '../platform/coap/peer.ts';
import { type Credentials, defaultAccount } from '../platform/lwm2m/credentials.ts';

/** The account that the platform accepts, and a line that describes it. */
interface DescribedAccount {
  readonly account: Credentials;
  readonly description: string;
}

/**
 * The account of `--app-key` and `--password-env`. Without both it is the default account, and the description shows
 * its private key, which has to be saved in the module. Any other private key is never printed. With `--app-key` alone
 * there is no private key.
 * @throws USAGE if the environment variable is not set
 */
export function accountFrom(appKey: string | undefined, passwordEnv: string | undefined): DescribedAccount {
  if (appKey === undefined && passwordEnv === undefined) {
    const { appKey: key, password } = defaultAccount;
    return {
      account: defaultAccount,
      description:
        `accepts app key ${key} with private key ${password}: ` +
        `AT+QDMPCFG=2,"${key}","${password}",<tmlType>,<IMEI>`,
    };
  }
  const key = appKey ?? defaultAccount.appKey;
  const password = passwordEnv === undefined ? '' : passwordFrom(passwordEnv);
  const source =
    passwordEnv === undefined ? 'no private key' : `the private key in ${escapeText(passwordEnv)}`;
  return {
    account: { appKey: key, password },
    description: `accepts app key ${escapeText(key)} with ${source}`,
  };
}

function passwordFrom(name: string): string {
  const password = process.env[name];
  if (password !== undefined) return password;
  throw new HilError('USAGE', `the environment variable ${escapeText(name)} is not set`, {
    remedy: 'set it to the private key saved in the module; leave --password-env out if none is saved',
  });
}

/**
 * Parses `address:port`.
 * @throws USAGE
 */
export function parseListen(text: string): Peer {
  const [, address, port] = /^(\d{1,3}(?:\.\d{1,3}){3}):(\d{1,5})$/.exec(text) ?? [];
  if (address !== undefined && port !== undefined) return { address, port: Number(port) };
  throw new HilError('USAGE', `--listen ${escapeText(text)} is not an IPv4 address and port`, {
    remedy: 'write it like 127.0.0.1:5683',
  });
}

/**
 * Parses network seconds per second.
 * @throws USAGE
 */
export function parseClock(text: string): number {
  const pace = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (pace > 0) return pace;
  throw new HilError('USAGE', `--clock ${escapeText(text)} is not a positive number`, {
    remedy: 'leave it out, or give network seconds per second, such as 60',
  });
}
