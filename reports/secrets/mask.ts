import { cutMark, escapeBytes } from '../../harness/base/escape.ts';
import { HIDDEN, KEY_SHOWN } from './key-place.ts';

/**
 * All spellings of secrets in the files of a run: as given, as bytes on the UART, and escaped. A secret of four characters
 * or fewer has none, because the module may show as many.
 */
export function spellingsOf(secrets: readonly string[]): readonly string[] {
  const all = secrets.flatMap((secret) => {
    const bytes = Buffer.from(secret, 'utf8');
    return [secret, bytes.toString('latin1'), escapeBytes(bytes)];
  });
  return [...new Set(all)].filter(({ length }) => length > KEY_SHOWN);
}

/** The same for secrets that came over the UART, one character per byte. */
export const byteSpellingsOf = (secrets: readonly string[]): readonly string[] =>
  secrets
    .flatMap((secret) => [secret, escapeBytes(Buffer.from(secret, 'latin1'))])
    .filter(({ length }) => length > KEY_SHOWN);

/** How many characters at the end of `text` may be the beginning of `secret`. */
function beginningAtEnd(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length > KEY_SHOWN; length--) {
    if (secret.startsWith(text.slice(-length))) return length;
  }
  return 0;
}

/** The least characters after a cut that are taken as the end of a secret; one may be there by chance. */
const LEAST_END = 2;

/** How many characters at the beginning of `text` may be the end of `secret`. */
function endAtBeginning(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length >= LEAST_END; length--) {
    if (secret.endsWith(text.slice(0, length))) return length;
  }
  return 0;
}

type Stretch = readonly [from: number, to: number];

/** Every position of `part` in `text`, also overlapping ones. */
function* placesOf(text: string, part: string): Generator<number> {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) yield at;
}

/** The ranges of `text` to be hidden: [from, to). */
function* hidden(text: string, secret: string): Generator<Stretch> {
  for (const at of placesOf(text, secret)) yield [at + KEY_SHOWN, at + secret.length];
}

/** The parts of a secret next to a cut in a text; the mark of the cut may be on its own line. */
function* hiddenAtCuts(text: string, secret: string): Generator<Stretch> {
  for (const at of placesOf(text, cutMark)) {
    const end = text.slice(0, at).trimEnd().length;
    const before = beginningAtEnd(text.slice(Math.max(0, end - secret.length), end), secret);
    if (before > 0) yield [end - before + KEY_SHOWN, end];
    const from = at + cutMark.length;
    yield [from, from + endAtBeginning(text.slice(from, from + secret.length), secret)];
  }
}

function cover(text: string, stretches: Iterable<Stretch>): string {
  const characters = text.split('');
  for (const [from, to] of stretches) characters.fill(HIDDEN, from, to);
  return characters.join('');
}

/**
 * Masks secrets in a complete text, or in one with cuts marked by `cutMark`. Its length stays.
 * @param spelled the secrets, as `spellingsOf` returns them
 */
export const maskText = (text: string, spelled: readonly string[]): string =>
  cover(
    text,
    spelled.flatMap((secret) => [...hidden(text, secret), ...hiddenAtCuts(text, secret)]),
  );

interface Mask {
  /** Masks the next chunk; its length stays. */
  push(chunk: string): string;
}

/**
 * A mask for a stream of characters in which secrets may be split over chunks. Nothing is delayed, so every chunk keeps its
 * length and time: if a chunk ends in the middle of a possible secret, everything after its first four characters is
 * masked at once. If it turns out to be no secret, these characters stay masked, which is better than a leaked key.
 * @param spelled returns the secrets known so far, as `spellingsOf` returns them; called for each chunk
 */
export function createMask(spelled: () => readonly string[]): Mask {
  let before = '';
  return {
    push(chunk) {
      const all = spelled();
      const text = before + chunk;
      const stretches = all.flatMap((secret): Stretch[] => [
        ...hidden(text, secret),
        [text.length - Math.max(0, beginningAtEnd(text, secret) - KEY_SHOWN), text.length],
      ]);
      const masked = cover(text, stretches).slice(before.length);
      const reach = Math.max(0, ...all.map(({ length }) => length - 1));
      before = reach === 0 ? '' : text.slice(-reach);
      return masked;
    },
  };
}
