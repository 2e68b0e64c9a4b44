import { createCipheriv, createHash } from 'node:crypto';

/** A client hashes 32 ASCII zeros in place of an empty private key (CMDMP.md §1.2). */
const INSTEAD_OF_EMPTY = '0'.repeat(32);

/**
 * Encrypts as CMDMP clients do: base64 of AES-256-CBC with PKCS#7 and an IV of zeros, keyed with the SHA-256
 * of the private key (CMDMP.md §1.2).
 * @param clear bytes (latin1)
 * @param password the private key, bytes (latin1)
 * @param digest `truncated`: the digest is copied as a C string, so it is zeros from its first zero byte on (MTK)
 */
export function encryptValue(clear: string, password: string, digest: 'full' | 'truncated'): string {
  const hash = createHash('sha256')
    .update(Buffer.from(password || INSTEAD_OF_EMPTY, 'latin1'))
    .digest();
  if (digest === 'truncated' && hash.includes(0)) hash.fill(0, hash.indexOf(0));
  const cipher = createCipheriv('aes-256-cbc', hash, Buffer.alloc(16));
  return Buffer.concat([cipher.update(Buffer.from(clear, 'latin1')), cipher.final()]).toString('base64');
}
