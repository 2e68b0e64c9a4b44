import { cipherBytes, type KeyForm } from './secret.ts';

/** Interface, Linux, Android (CMDMP.md §1.2). */
export type TerminalLetter = 'I' | 'L' | 'A';

/** `ep` or `epi` in its parts (CMDMP.md §1.2), before decryption. */
export interface EndpointName {
  /** The whole, as sent. */
  readonly text: string;
  readonly letter: TerminalLetter;
  readonly cipher: string;
  readonly appKey: string;
  /** The two parts that names of version 2.0 have on top. */
  readonly clear: { readonly imei: string; readonly version: string } | undefined;
}

/** What the encrypted part says. A missing field is `****`. */
export interface EndpointIdentity {
  /** The terminal's IMEI. */
  readonly imei1: string;
  /** The module's IMEI. */
  readonly imei2: string;
  readonly imsi: string;
  /** The DM version in `ep`, the verification in `epi`. */
  readonly last: string;
}

/** A decrypted name, and the form of the key that decrypted it. */
export interface Endpoint extends EndpointName {
  readonly identity: EndpointIdentity;
  readonly keyForm: KeyForm;
}

const SEPARATOR = '@#@';

/** A name's parts, or why it is none (one line; shows nothing of what was received). */
export function parseEndpointName(text: string): EndpointName | { readonly malformed: string } {
  const parts = text.split(SEPARATOR);
  if (parts.length !== 3 && parts.length !== 5) return { malformed: `${parts.length} parts, not 3 or 5` };
  const [letter = '', cipher = '', appKey = '', imei = '', version = ''] = parts;
  if (!isLetter(letter)) return { malformed: 'the first part is not I, L or A' };
  if (!cipherBytes(cipher)) return { malformed: 'the second part is not base64 of whole cipher blocks' };
  if (!isWord(appKey)) return { malformed: 'no app key' };
  if (parts.length === 3) return { text, letter, cipher, appKey, clear: undefined };
  if (!isWord(imei) || !isWord(version)) return { malformed: 'IMEI or version missing' };
  return { text, letter, cipher, appKey, clear: { imei, version } };
}

/**
 * The fields of a decrypted name: `IMEI1-IMEI2-IMSI-version` (`ep`) or `…-verification` (`epi`).
 * @returns undefined when it is none, as a wrong key leaves it
 */
export function parseIdentity(clear: Uint8Array): EndpointIdentity | undefined {
  const text = Buffer.from(clear).toString('latin1');
  // The version comes last and is free text: a dash inside stays in it.
  const match = /^([^-]+)-([^-]+)-([^-]+)-(.+)$/.exec(text);
  if (!match || !isWord(text)) return undefined;
  const [, imei1 = '', imei2 = '', imsi = '', last = ''] = match;
  return { imei1, imei2, imsi, last };
}

const isLetter = (text: string): text is TerminalLetter => text === 'I' || text === 'L' || text === 'A';

/** Printable ASCII, not empty. */
const isWord = (text: string): boolean => /^[\x20-\x7e]+$/.test(text);
