import type { KeyForm } from './secret.ts';

/** What came of reading a resource. Texts of `clear` and `raw` hold one character a byte (latin1). */
export type ReadResult =
  /** A value, decrypted (UTF-8), as AT+QDMPCFGEX saved it; `NULL` where it was never set. */
  | { readonly outcome: 'value'; readonly text: string; readonly raw: string; readonly keyForm: KeyForm }
  /** A value that the registration's key does not decrypt. */
  | { readonly outcome: 'undecryptable'; readonly raw: string }
  /** The client answered with an error; 4.04: it has no such resource, or no object 666 at all. */
  | { readonly outcome: 'refused'; readonly code: string }
  /** An answer that is no value: TLV cut short, blocks out of order. */
  | { readonly outcome: 'malformed'; readonly reason: string }
  | { readonly outcome: 'reset' }
  | { readonly outcome: 'silent' };
