import { access, splitFields } from '../../harness/jest/suite.ts';

/** One more character than may be shown of a private key (app note §2.1, clause CFG-MASK). */
const tooMany = access.passwordShown + 1;

/**
 * Finds where a text shows more of a private key than allowed, at any position of the key.
 * @param text any text, e.g. an answer that shows credentials
 * @returns the characters shown; undefined if the text shows no more than allowed
 */
export function keyShownIn(text: string, key: string): string | undefined {
  const pieces = Array.from({ length: Math.max(0, key.length - tooMany + 1) }, (_, start) =>
    key.slice(start, start + tooMany),
  );
  const fields = text.split(/[\r\n]+/).flatMap(keyFieldOf);
  return pieces.find((piece) => text.includes(piece)) ?? fields.find((field) => showsBeyond(field, key));
}

/** The private key in a line `2,<appKey>,<password>,<tmlType>,<tmlIMEI>`, with or without the prefix. */
function keyFieldOf(line: string): readonly string[] {
  const [type, , shown] = splitFields(line.replace(/^\+QDMPCFG: */, ''), 5).fields;
  return type === '2' && shown !== undefined ? [shown] : [];
}

/**
 * Whether a field shows any character of the key after the allowed ones, at its own position. Positions are counted
 * from the beginning and from the end of the key, because the length of the mask is open (clause CFG-MASK-COUNT).
 */
const showsBeyond = (field: string, key: string): boolean =>
  [...field].some(
    (character, place) =>
      place >= access.passwordShown &&
      [place, key.length - field.length + place].some(
        (own) => own >= access.passwordShown && key[own] === character,
      ),
  );
