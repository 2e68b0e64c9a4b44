import { extended, type ExtendedField } from '../clauses/limits.ts';

/** Something that a command tries: a class of input, in words that follow "refuses" and "accepts". */
export interface Use {
  readonly what: string;
  /** The clause that says whether it has to be accepted; absent where the note is silent, or a clause of its own is not. */
  readonly clause?: string;
}

/** Characters that a parser or a store may treat in a way of its own, with the clause on them. */
const telling: readonly (readonly [what: string, mark: RegExp, clause: string])[] = [
  ['a comma', /,/, 'EX-CHARS'],
  ['a semicolon', /;/, 'EX-CHARS'],
  ['a vertical bar', /\|/, 'EX-CHARS'],
  ['a hyphen', /-/, 'EX-CHARS'],
  ['a blank', /\S +\S/, 'EX-CHARS'],
  ['a blank at an end', /^ | $/, 'EX-CHARS'],
  ['a byte above 127', /[\x80-\xff]/, 'EX-BYTES'],
  ['another character than letters, digits and "|;,-. "', /[^\w|;,\-. \x80-\xff]/, 'EX-CHARS-ANY'],
];

/** What a string of an extended record tries: its length where it is at the limit or beyond, and its characters. */
export function stringUses({ name, maxBytes }: ExtendedField, string: string): readonly Use[] {
  if (string === extended.none) return [{ what: `"${extended.none}"`, clause: 'EX-NULL' }];
  const length = string.length;
  return [
    ...(length === maxBytes ? [{ what: `${name} of ${length} bytes`, clause: `EX-LEN-${name}` }] : []),
    ...(length > maxBytes ? [{ what: `${name} of ${length} bytes`, clause: `EX-LEN-OVER-${name}` }] : []),
    ...telling
      .filter(([, mark]) => mark.test(string))
      .map(([what, , clause]) => ({ what: `${what} in a string`, clause })),
  ];
}
