/** The allowed values; both ends are allowed. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/** One test value near a limit. */
export interface BoundaryValue {
  /** Which limit it is near, e.g. `max+1`, `2^32+min`. */
  readonly name: string;
  readonly text: string;
  /** `inside` and `outside`: whole numbers without a sign; `negative`, `decimal` and `text` are never allowed. */
  readonly kind: 'inside' | 'outside' | 'negative' | 'decimal' | 'text';
}

/** Integers of 8, 16 and 32 bits wrap here; those of 31 value bits become negative. */
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
 * Test values of a numeric parameter ("ladder"): both sides of its ends, where integers wrap, and texts that are
 * not whole numbers. No text occurs twice; the ends come first. `atoi` would read most of the invalid texts as `min`.
 */
export function numberLadder(range: Range): readonly BoundaryValue[] {
  const { min, max } = range;
  const boundaryValues: BoundaryValue[] = [
    ...wholeNumbers(range)
      .filter(([, value]) => value >= 0)
      .map(([name, value]): BoundaryValue => {
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
  return boundaryValues.filter(
    ({ text }, index) => boundaryValues.findIndex((boundaryValue) => boundaryValue.text === text) === index,
  );
}

/** The boundaryValues of the given kinds, in the ladder's order. */
export const rungsOf = (
  ladder: readonly BoundaryValue[],
  ...kinds: readonly BoundaryValue['kind'][]
): readonly BoundaryValue[] => ladder.filter(({ kind }) => kinds.includes(kind));

/** Test values below and above a set of numbers; never between them, since reserved numbers lie there. */
export const beyondMembers = (members: readonly number[]): readonly BoundaryValue[] =>
  rungsOf(
    numberLadder({ min: Math.min(...members), max: Math.max(...members) }),
    'outside',
    'negative',
    'text',
  );

/** A spelling of a number that the note does not mention (clause CFG-NUMBER-FORM). */
interface NumberForm {
  readonly name: string;
  readonly text: string;
}

/** Other spellings of an allowed number. */
export const numberForms = (value: number): readonly NumberForm[] => [
  { name: 'leading-zeros', text: `00${value}` },
  { name: 'plus', text: `+${value}` },
  { name: 'blank-before', text: ` ${value}` },
  { name: 'blank-behind', text: `${value} ` },
  { name: 'quoted', text: `"${value}"` },
  { name: 'blank-alone', text: ' ' },
];
