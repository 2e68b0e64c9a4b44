import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/**
 * Which key was in use. Some clients copy the digest as a C string: what follows its first zero byte is
 * lost and taken as zeros (CMDMP.md §1.2, "Truncated key").
 */
export type KeyForm = 'full' | 'truncated';

export interface SecretKey {
  readonly form: KeyForm;
  /** 32 bytes. */
  readonly bytes: Uint8Array;
}

/** What clients use when no password is set (CMDMP.md §1.2). */
const INSTEAD_OF_EMPTY = '0'.repeat(32);
const ZERO_IV = Buffer.alloc(16);
const BLOCK = 16;

/** The keys a password may stand for, the right one first; the second only where the two differ. */
export function keysOf(password: string): readonly SecretKey[] {
  const digest = createHash('sha256')
    .update(password || INSTEAD_OF_EMPTY)
    .digest();
  const full: SecretKey = { form: 'full', bytes: digest };
  const zero = digest.indexOf(0);
  if (zero < 0) return [full];
  const cut = Buffer.alloc(digest.length);
  digest.copy(cut, 0, 0, zero);
  return cut.equals(digest) ? [full] : [full, { form: 'truncated', bytes: cut }];
}

/** base64(AES-256-CBC(text)), zero IV, PKCS#7 (CMDMP.md §1.2). */
export function encrypt(key: SecretKey, text: string): string {
  const cipher = createCipheriv('aes-256-cbc', key.bytes, ZERO_IV);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/**
 * The other way round.
 * @returns the clear bytes; undefined when `base64` is no whole number of cipher blocks, or the padding is
 * not PKCS#7, which is how a wrong key mostly shows. One wrong key in 256 passes: judge what comes out.
 */
export function decrypt(key: SecretKey, base64: string): Uint8Array | undefined {
  const bytes = cipherBytes(base64);
  if (!bytes) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', key.bytes, ZERO_IV);
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  } catch {
    // The padding: the key is another one.
    return undefined;
  }
}

/** The bytes of a base64 text (RFC 4648 §4, padded) that can be cipher blocks; undefined for any other text. */
export function cipherBytes(base64: string): Uint8Array | undefined {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.length % BLOCK !== 0) return undefined;
  // Node's decoder overlooks what is not base64; encoding again shows it.
  return bytes.toString('base64') === base64 ? bytes : undefined;
}
