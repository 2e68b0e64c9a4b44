import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/**
 * The form of the key in use. Some clients copy the digest as a C string: the bytes after its first zero byte are
 * lost and become zeros (CMDMP.md §1.2, "Truncated key").
 */
export type KeyForm = 'full' | 'truncated';

export interface SecretKey {
  readonly form: KeyForm;
  /** 32 bytes. */
  readonly bytes: Uint8Array;
}

/** The password that clients use if none is set (CMDMP.md §1.2). */
const EMPTY_PASSWORD = '0'.repeat(32);
const ZERO_IV = Buffer.alloc(16);
const BLOCK = 16;

/** The keys of a password: the full one, and the truncated one if it differs. */
export function keysOf(password: string): readonly SecretKey[] {
  const digest = createHash('sha256')
    .update(password || EMPTY_PASSWORD)
    .digest();
  const full: SecretKey = { form: 'full', bytes: digest };
  const zero = digest.indexOf(0);
  if (zero < 0) return [full];
  const cut = Buffer.alloc(digest.length);
  digest.copy(cut, 0, 0, zero);
  return cut.equals(digest) ? [full] : [full, { form: 'truncated', bytes: cut }];
}

/** Encrypts a text: base64(AES-256-CBC(text)), zero IV, PKCS#7 (CMDMP.md §1.2). */
export function encrypt(key: SecretKey, text: string): string {
  const cipher = createCipheriv('aes-256-cbc', key.bytes, ZERO_IV);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/**
 * Decrypts what `encrypt` gives.
 * @returns the clear bytes; undefined if `base64` is not a whole number of cipher blocks, or if the padding is not
 * PKCS#7. Most wrong keys fail at the padding, but one in 256 passes: check the clear bytes, too.
 */
export function decrypt(key: SecretKey, base64: string): Uint8Array | undefined {
  const bytes = decodeCipherBlocks(base64);
  if (!bytes) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', key.bytes, ZERO_IV);
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  } catch {
    // Wrong padding: it was encrypted with another key.
    return undefined;
  }
}

/** Decodes a base64 text (RFC 4648 §4, padded) of whole cipher blocks; undefined for any other text. */
export function decodeCipherBlocks(base64: string): Uint8Array | undefined {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.length % BLOCK !== 0) return undefined;
  // Node's decoder skips characters that are not base64, so the text is encoded again and compared.
  return bytes.toString('base64') === base64 ? bytes : undefined;
}
