import { isSet } from 'node:util/types';

/** How many items of a list a sentence names. */
const MOST_ITEMS = 3;

/** A compared value in words: a text as it is, nothing as "none", the fields of an object by their names. */
export function inWords(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  if (value === undefined || value === null) return 'none';
  if (value === '') return 'an empty text';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (isSet(value)) return inWords([...value]);
  if (Array.isArray(value)) return listed(value);
  if (isFields(value))
    return fieldsOf(value)
      .map(([name, field]) => `${name} ${inWords(field)}`)
      .join(', ');
  return (value as number | bigint).toString();
}

const fieldsOf = (value: object): [string, unknown][] => Object.entries(value);

/** The first items, each on one line, and how many more there are. */
function listed(items: readonly unknown[]): string {
  if (items.length === 0) return 'none';
  const shown = items.slice(0, MOST_ITEMS).map((item) => inWords(item).replace(/\s*\n\s*/g, ' '));
  const more = items.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

/** What was expected and what came, in words. */
export interface Difference {
  readonly expected: string;
  readonly got: string;
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isSet(value);

/**
 * How two values differ: of objects only the fields that do, each by its name, since what is alike hides what is not.
 * @param names the fields to be compared; by default those of both
 */
export function differenceOf(expected: unknown, received: unknown, names?: 'those expected'): Difference {
  if (!isFields(expected) || !isFields(received))
    return { expected: inWords(expected), got: inWords(received) };
  const all = names
    ? Object.keys(expected)
    : [...new Set([...Object.keys(expected), ...Object.keys(received)])];
  const unlike = all.filter((name) => inWords(expected[name]) !== inWords(received[name]));
  const parts = (unlike.length > 0 ? unlike : all).map((name) => ({
    name,
    ...differenceOf(expected[name], received[name], names),
  }));
  return {
    expected: parts.map((part) => `${part.name} ${part.expected}`).join(', '),
    got: parts.map((part) => `${part.name} ${part.got}`).join(', '),
  };
}
