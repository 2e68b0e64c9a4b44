import assert from 'node:assert/strict';

import { expect as ofJest } from 'expect';

import { shortened } from '../../base/escape.ts';
import { currentHost } from '../host/host.ts';
import { type Difference, differenceOf, inWords } from './describe-values.ts';

/** Of what was expected, and of what came, in the sentence; both follow in full if they are longer. */
const MOST_PART = 160;

/** A failed expectation: what was looked at, in the field's words, what was expected and what came. */
export interface Disappointment extends Difference {
  readonly what: string;
  /** Each thing that was looked at, where `what` names several. Default: `what`. */
  readonly about?: readonly string[];
  /** Lines that show more, below the sentence. */
  readonly more?: readonly string[];
  /** Seen twice, and by chance: bringing it about again proves nothing (`second-attempt.ts`). */
  readonly proven?: boolean;
}

const key = Symbol('disappointment');

/** The expectation that an error is the failure of; undefined for other errors. */
export const disappointmentOf = (thrown: unknown): Disappointment | undefined =>
  typeof thrown === 'object' && thrown !== null ? (thrown as { [key]?: Disappointment })[key] : undefined;

const onOneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

const inSentence = (text: string): string => shortened(onOneLine(text), MOST_PART);

/** The sentence of a failed expectation. */
export const sentenceOf = ({ what, expected, got }: Difference & { readonly what: string }): string =>
  `${what}: expected ${inSentence(expected)}, got ${inSentence(got)}`;

const isCut = (text: string): boolean => inSentence(text) !== text;

/** The sentence, and in full what does not fit into it. */
function messageOf(failed: Disappointment): string {
  const { expected, got, more = [] } = failed;
  const inFull =
    more.length === 0 && (isCut(expected) || isCut(got)) ? [`expected: ${expected}`, `got: ${got}`] : [];
  return [sentenceOf(failed), ...inFull, ...more].join('\n');
}

/** Ends a test as failed: its first line says what was expected and what came. */
export function disappoint(failed: Disappointment): never {
  const error = new assert.AssertionError({ message: messageOf(failed), stackStartFn: disappoint });
  throw Object.defineProperty(error, key, { value: failed });
}

/** Tells the run that an expectation held: what was right in one test speaks against a cause of failures in another. */
const noteHeld = (what: string): void => currentHost()?.holds?.(what);

interface Found {
  readonly holds: boolean;
  readonly expected: unknown;
  readonly got: unknown;
  readonly proven?: boolean;
}

/**
 * Expects something that was found out beforehand.
 * @param what what is looked at, in the field's words: the record, the field, the command, the state; or several
 * @param found whether it is as expected, what that is, and what came in its place; `proven`: it was seen twice, and
 *   chance brought it about, so that one failure counts
 */
export function expectThat(what: string | readonly string[], { holds, expected, got, proven }: Found): void {
  const about = typeof what === 'string' ? [what] : what;
  if (!holds)
    disappoint({
      what: about.join(', '),
      about,
      expected: inWords(expected),
      got: inWords(got),
      ...(proven && { proven }),
    });
  for (const each of about) noteHeld(each);
}

/** Expects that nothing of a kind was found; a failure says how many there are, and shows each. */
export function expectNone(what: string, found: readonly string[], expected = 'none'): void {
  const [first] = found;
  if (first === undefined) return noteHeld(what);
  const got = found.length === 1 ? first : `${found.length}: ${inWords(found)}`;
  const inFull = found.some((text) => text.includes('\n') || text.length > MOST_PART) || found.length > 3;
  disappoint({ what, expected, got, ...(inFull && { more: found }) });
}

/** What may be expected of a value. */
export interface Expectation<T> {
  /** The same value, or one with the same fields and items. */
  toEqual(expected: T): void;
  /** At least these fields. */
  toMatchObject(expected: Partial<T & object>): void;
  toBeOneOf(allowed: readonly T[]): void;
}

/** The matchers of Jest that are used. */
type Matchers = Pick<ReturnType<typeof ofJest>, 'toEqual' | 'toMatchObject'>;

function holds(match: (matchers: Matchers) => void, received: unknown): boolean {
  try {
    match(ofJest(received));
    return true;
  } catch {
    return false;
  }
}

/**
 * Expects something of a value, with the meaning of Jest's matchers of the same names. A failure says in one sentence
 * what was expected and what came; of objects, the fields that differ.
 * @param what what is looked at, in the field's words: the record, the field, the command, the state
 */
export function expect<T>(received: T, what: string): Expectation<T> {
  const judge = (isRight: boolean, difference: () => Difference): void => {
    if (!isRight) disappoint({ what, ...difference() });
    noteHeld(what);
  };
  return {
    toEqual: (expected) =>
      judge(
        holds((matchers) => matchers.toEqual(expected), received),
        () => differenceOf(expected, received),
      ),
    toMatchObject: (expected) =>
      judge(
        holds((matchers) => matchers.toMatchObject(expected), received),
        () => differenceOf(expected, received, 'those expected'),
      ),
    toBeOneOf: (allowed) =>
      judge(allowed.includes(received), () => ({
        expected: `one of ${allowed.map(inWords).join(', ')}`,
        got: inWords(received),
      })),
  };
}
