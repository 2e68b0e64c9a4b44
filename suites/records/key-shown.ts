import { access, splitFields } from '../../harness/jest/suite.ts';

/** One character more than may be shown of a private key (app note §2.1, clause CFG-MASK). */
const tooMany = access.passwordShown + 1;

/**
 * Where a text shows more of a private key than it may, in whatever place of the key.
 * @param text an answer that shows credentials, or what else there is
 * @returns the characters shown; undefined when there are none
 */
export function keyShownIn(text: string, key: string): string | undefined {
  const pieces = Array.from({ length: Math.max(0, key.length - tooMany + 1) }, (_, start) =>
    key.slice(start, start + tooMany),
  );
  const fields = text.split(/[\r\n]+/).flatMap(keyFieldOf);
  return pieces.find((piece) => text.includes(piece)) ?? fields.find((field) => showsBeyond(field, key));
}

/** The private key as a line shows it: `2,<appKey>,<password>,<tmlType>,<tmlIMEI>`, the prefix before it or not. */
function keyFieldOf(line: string): readonly string[] {
  const [type, , shown] = splitFields(line.replace(/^\+QDMPCFG: */, ''), 5).fields;
  return type === '2' && shown !== undefined ? [shown] : [];
}

/**
 * Whether a field shows characters of the key behind those that may be shown, each in its place: counted from the key's
 * beginning, or from its end, since how long the mask is is left open (clause CFG-MASK-COUNT). One is too many.
 */
const showsBeyond = (field: string, key: string): boolean =>
  [...field].some(
    (character, place) =>
      place >= access.passwordShown &&
      [place, key.length - field.length + place].some(
        (own) => own >= access.passwordShown && key[own] === character,
      ),
  );
