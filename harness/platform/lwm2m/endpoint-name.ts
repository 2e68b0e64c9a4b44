import { decodeCipherBlocks, type KeyForm } from './secret.ts';

/** The kind of terminal: interface, Linux, Android (CMDMP.md §1.2). */
export type TerminalLetter = 'I' | 'L' | 'A';

/** The parts of an endpoint name, `ep` or `epi`, before decryption (CMDMP.md §1.2). */
export interface EndpointName {
  readonly text: string;
  readonly letter: TerminalLetter;
  readonly cipher: string;
  readonly appKey: string;
  /** The two further parts of a name of version 2.0. */
  readonly clear: { readonly imei: string; readonly version: string } | undefined;
}

/** The fields of the encrypted part. A missing field is `****`. */
export interface EndpointIdentity {
  /** The terminal's IMEI. */
  readonly imei1: string;
  /** The module's IMEI. */
  readonly imei2: string;
  readonly imsi: string;
  /** The last field: the DM version in `ep`, the verification in `epi`. */
  readonly last: string;
}

/** A decrypted name, and the form of its key. */
export interface Endpoint extends EndpointName {
  readonly identity: EndpointIdentity;
  readonly keyForm: KeyForm;
}

const SEPARATOR = '@#@';

/** The parts of a name, or why it is malformed (one line without any received text). */
export function parseEndpointName(text: string): EndpointName | { readonly malformed: string } {
  const parts = text.split(SEPARATOR);
  if (parts.length !== 3 && parts.length !== 5) return { malformed: `${parts.length} parts, not 3 or 5` };
  const [letter = '', cipher = '', appKey = '', imei = '', version = ''] = parts;
  if (!isLetter(letter)) return { malformed: 'the first part is not I, L or A' };
  if (!decodeCipherBlocks(cipher))
    return { malformed: 'the second part is not base64 of whole cipher blocks' };
  if (!isPrintable(appKey)) return { malformed: 'no app key' };
  if (parts.length === 3) return { text, letter, cipher, appKey, clear: undefined };
  if (!isPrintable(imei) || !isPrintable(version)) return { malformed: 'IMEI or version missing' };
  return { text, letter, cipher, appKey, clear: { imei, version } };
}

/**
 * Parses a decrypted name: `IMEI1-IMEI2-IMSI-version` (`ep`) or `…-verification` (`epi`).
 * @returns undefined for any other text, which is what a wrong key gives
 */
export function parseIdentity(clear: Uint8Array): EndpointIdentity | undefined {
  const text = Buffer.from(clear).toString('latin1');
  // The version comes last and is free text: it may contain dashes.
  const match = /^([^-]+)-([^-]+)-([^-]+)-(.+)$/.exec(text);
  if (!match || !isPrintable(text)) return undefined;
  const [, imei1 = '', imei2 = '', imsi = '', last = ''] = match;
  return { imei1, imei2, imsi, last };
}

const isLetter = (text: string): text is TerminalLetter => text === 'I' || text === 'L' || text === 'A';

const isPrintable = (text: string): boolean => /^[\x20-\x7e]+$/.test(text);
