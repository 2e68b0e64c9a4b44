import { access } from '../harness/jest/suite.ts';

/** One character more than may be shown of a private key (app note §2.1, clause CFG-MASK). */
const tooMany = access.passwordShown + 1;

/**
 * Where a text shows more of a private key than it may, in whatever place of the key.
 * @returns the characters shown; undefined when there are none
 */
export function keyShownIn(text: string, key: string): string | undefined {
  const pieces = Array.from({ length: Math.max(0, key.length - tooMany + 1) }, (_, start) =>
    key.slice(start, start + tooMany),
  );
  return pieces.find((piece) => text.includes(piece));
}
