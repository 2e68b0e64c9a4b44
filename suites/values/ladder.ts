/** What is allowed; both ends belong to it. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/** One value of a ladder, as it is typed. */
export interface Rung {
  /** Which boundary it stands at: `max+1`, `2^32+min`. */
  readonly name: string;
  readonly text: string;
  /** `inside` and `outside`: whole numbers without a sign; `negative`, `decimal` and `text` are never allowed. */
  readonly kind: 'inside' | 'outside' | 'negative' | 'decimal' | 'text';
}

/** Where integers of 8, 16, 31 and 32 bits end: what is read into one wraps there, or turns negative. */
const bits = [8, 16, 31, 32];

function wholeNumbers({ min, max }: Range): readonly (readonly [name: string, value: number])[] {
  return [
    ['min', min],
    ['max', max],
    ['min+1', min + 1],
    ['max-1', max - 1],
    ['min-1', min - 1],
    ['max+1', max + 1],
    ['0', 0],
    ...bits.flatMap((bit): [string, number][] => [
      [`2^${bit}`, 2 ** bit],
      [`2^${bit}+min`, 2 ** bit + min],
    ]),
  ];
}

/**
 * The ladder of a numeric parameter: both sides of its ends, where integers wrap, and what is no whole number.
 * No text stands twice; the ends come first. What a careless reader would take of the rest (`atoi`) is `min`.
 */
export function numberLadder(range: Range): readonly Rung[] {
  const { min, max } = range;
  const rungs: Rung[] = [
    ...wholeNumbers(range)
      .filter(([, value]) => value >= 0)
      .map(([name, value]): Rung => {
        const inside = value >= min && value <= max;
        return { name, text: String(value), kind: inside ? 'inside' : 'outside' };
      }),
    { name: 'minus one', text: '-1', kind: 'negative' },
    { name: '-max', text: `-${max}`, kind: 'negative' },
    { name: 'decimal point', text: `${min}.5`, kind: 'decimal' },
    { name: 'decimal point and zero', text: `${min}.0`, kind: 'decimal' },
    { name: 'text', text: 'abc', kind: 'text' },
    { name: 'hex', text: `0x${min.toString(16)}`, kind: 'text' },
    { name: 'a letter behind', text: `${min}a`, kind: 'text' },
    { name: 'exponent', text: `${min}e0`, kind: 'text' },
  ];
  return rungs.filter(({ text }, index) => rungs.findIndex((rung) => rung.text === text) === index);
}

/** The rungs of some kinds, in the ladder's order. */
export const rungsOf = (ladder: readonly Rung[], ...kinds: readonly Rung['kind'][]): readonly Rung[] =>
  ladder.filter(({ kind }) => kinds.includes(kind));

/** What is none of some numbers though it is near; a reserved one lies between the members. */
export const beyondMembers = (members: readonly number[]): readonly Rung[] =>
  rungsOf(
    numberLadder({ min: Math.min(...members), max: Math.max(...members) }),
    'outside',
    'negative',
    'text',
  );

/** A way to write a number of which the note says nothing (clause CFG-NUMBER-FORM). */
interface NumberForm {
  readonly name: string;
  readonly text: string;
}

/** The other ways to write an allowed number. */
export const numberForms = (value: number): readonly NumberForm[] => [
  { name: 'leading-zeros', text: `00${value}` },
  { name: 'plus', text: `+${value}` },
  { name: 'blank-before', text: ` ${value}` },
  { name: 'blank-behind', text: `${value} ` },
  { name: 'quoted', text: `"${value}"` },
  { name: 'blank-alone', text: ' ' },
];
