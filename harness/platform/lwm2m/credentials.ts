import type { CoapOption } from '../coap/options.ts';
import { type Endpoint, type EndpointName, parseEndpointName, parseIdentity } from './endpoint-name.ts';
import { decrypt, keysOf, type SecretKey } from './secret.ts';

/** An account: an app key and its password (the application note calls it private key). */
export interface Credentials {
  readonly appKey: string;
  readonly password: string;
}

/** The default account of the test platform: the app key is the note's example, the private key is invented. */
export const defaultAccount = {
  appKey: 'M100000089',
  password: 'Qa1xTrueKey7',
} as const satisfies Credentials;

/** Why a request is refused. `reason` is one line without any received text, so it needs no escaping. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
  readonly options?: readonly CoapOption[];
}

export interface CredentialBook {
  /** Decrypts a name; refuses a malformed one with 4.00, an unknown app key or a wrong key with 4.03 (CMDMP.md §4). */
  authenticate(name: string): Endpoint | Refusal;
  /** The key that a decrypted name was encrypted with. */
  keyOf(endpoint: Endpoint): SecretKey | undefined;
}

export const isRefusal = (value: object): value is Refusal => 'reason' in value;

export function createCredentialBook(accounts: readonly Credentials[]): CredentialBook {
  const keys = new Map(accounts.map(({ appKey, password }) => [appKey, keysOf(password)]));
  return {
    authenticate(text) {
      const name = parseEndpointName(text);
      if ('malformed' in name) return { code: '4.00', reason: `malformed endpoint name: ${name.malformed}` };
      const candidates = keys.get(name.appKey);
      if (!candidates) return { code: '4.03', reason: 'unknown app key' };
      return (
        decryptName(name, candidates) ?? {
          code: '4.03',
          reason: 'the key does not decrypt the endpoint name',
        }
      );
    },
    keyOf: ({ appKey, keyForm }) => keys.get(appKey)?.find(({ form }) => form === keyForm),
  };
}

function decryptName(name: EndpointName, candidates: readonly SecretKey[]): Endpoint | undefined {
  for (const key of candidates) {
    const clear = decrypt(key, name.cipher);
    const identity = clear && parseIdentity(clear);
    if (identity) return { ...name, identity, keyForm: key.form };
  }
  return undefined;
}
