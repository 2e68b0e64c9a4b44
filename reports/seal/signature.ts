import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { readFileWithin } from '../../harness/base/read-file-within.ts';

/** The key in a file. @throws KEY_UNUSABLE unless it is an ed25519 key in PEM */
function readKey(file: string, what: 'private' | 'public'): KeyObject {
  try {
    const pem = readFileWithin(file);
    const key = what === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') throw new RangeError(`it is ${key.asymmetricKeyType}`);
    return key;
  } catch (cause) {
    throw new HilError('KEY_UNUSABLE', `${file}: not an ed25519 ${what} key in PEM (${messageOf(cause)})`, {
      remedy:
        what === 'private'
          ? 'make one with: openssl genpkey -algorithm ed25519 -out release.key'
          : 'make it with: openssl pkey -in release.key -pubout -out release.pub',
      cause,
    });
  }
}

/** Signs a file's bytes. @returns the signature in base64 @throws KEY_UNUSABLE */
export const signFile = (file: string, keyFile: string): string =>
  sign(null, readFileSync(file), readKey(keyFile, 'private')).toString('base64');

/** Whether the signature in base64 is that of the file's bytes by the owner of the key. @throws KEY_UNUSABLE */
export const isSignedBy = (file: string, signature: string, keyFile: string): boolean =>
  verify(null, readFileSync(file), readKey(keyFile, 'public'), Buffer.from(signature, 'base64'));
