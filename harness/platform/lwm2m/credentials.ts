import { type Endpoint, type EndpointName, parseEndpointName, parseIdentity } from './endpoint-name.ts';
import { decrypt, keysOf, type SecretKey } from './secret.ts';

/** An app key and the password (the note's private key) that belongs to it. */
export interface Credentials {
  readonly appKey: string;
  readonly password: string;
}

/** The account that the test platform knows unless told others: the note's example key, and a private key made up. */
export const defaultAccount = {
  appKey: 'M100000089',
  password: 'Qa1xTrueKey7',
} as const satisfies Credentials;

/** A request that is refused: the code it gets, and why (one line, nothing received in it). */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
}

/** The accounts the platform knows. */
export interface CredentialBook {
  /** Decrypts a name; or refuses it: malformed 4.00, unknown app key or wrong key 4.03 (CMDMP.md §4). */
  authenticate(name: string): Endpoint | Refusal;
  /** The key a decrypted name was made with. */
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
        decrypted(name, candidates) ?? { code: '4.03', reason: 'the key does not decrypt the endpoint name' }
      );
    },
    keyOf: ({ appKey, keyForm }) => keys.get(appKey)?.find(({ form }) => form === keyForm),
  };
}

function decrypted(name: EndpointName, candidates: readonly SecretKey[]): Endpoint | undefined {
  for (const key of candidates) {
    const clear = decrypt(key, name.cipher);
    const identity = clear && parseIdentity(clear);
    if (identity) return { ...name, identity, keyForm: key.form };
  }
  return undefined;
}
