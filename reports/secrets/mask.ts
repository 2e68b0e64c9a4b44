import { cutMark, escapeBytes } from '../../harness/base/escape.ts';
import { HIDDEN, KEY_SHOWN } from './key-place.ts';

/**
 * Every way a secret may be spelled in our files: as given, as its bytes on the UART, and escaped. A secret of four
 * characters or fewer is not masked at all: the module may show as many.
 */
export function spellingsOf(secrets: readonly string[]): readonly string[] {
  const all = secrets.flatMap((secret) => {
    const bytes = Buffer.from(secret, 'utf8');
    return [secret, bytes.toString('latin1'), escapeBytes(bytes)];
  });
  return [...new Set(all)].filter(({ length }) => length > KEY_SHOWN);
}

/** The same of secrets that came over the UART, one character a byte. */
export const byteSpellingsOf = (secrets: readonly string[]): readonly string[] =>
  secrets
    .flatMap((secret) => [secret, escapeBytes(Buffer.from(secret, 'latin1'))])
    .filter(({ length }) => length > KEY_SHOWN);

/** How much of the end of `text` may be the beginning of `secret`. */
function beginningAtEnd(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length > KEY_SHOWN; length--) {
    if (secret.startsWith(text.slice(-length))) return length;
  }
  return 0;
}

/** One character is found behind a cut by chance; more are taken for the end of a secret. */
const LEAST_END = 2;

/** How much of the beginning of `text` may be the end of `secret`. */
function endAtBeginning(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length >= LEAST_END; length--) {
    if (secret.endsWith(text.slice(0, length))) return length;
  }
  return 0;
}

type Stretch = readonly [from: number, to: number];

/** Every place of `part` in `text`, overlapping ones too. */
function* placesOf(text: string, part: string): Generator<number> {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) yield at;
}

/** The stretches of `text` to be hidden: [from, to). */
function* hidden(text: string, secret: string): Generator<Stretch> {
  for (const at of placesOf(text, secret)) yield [at + KEY_SHOWN, at + secret.length];
}

/** What is left of a secret beside a place where a text was cut; the mark may stand on a line of its own. */
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
 * Masks secrets in a text that is whole, or that was cut where `cutMark` stands. Its length stays.
 * @param spelled the secrets as `spellings` gives them
 */
export const maskText = (text: string, spelled: readonly string[]): string =>
  cover(
    text,
    spelled.flatMap((secret) => [...hidden(text, secret), ...hiddenAtCuts(text, secret)]),
  );

/** Masks one stream of characters, chunk by chunk. */
interface Mask {
  /** The next chunk, masked; as long as what went in. */
  push(chunk: string): string;
}

/**
 * A mask for a stream that cuts secrets anywhere. Nothing is held back, so that every chunk keeps its
 * length and its stamp: where a chunk ends in the middle of what may become a secret, everything beyond its
 * first four characters is masked at once. If it turns out to be something else, those few characters stay
 * masked: an innocent that is hidden costs less than a key in an artefact.
 * @param spelled the secrets known by now, as `spellings` gives them; asked at each chunk
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
