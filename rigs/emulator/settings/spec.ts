/** What one setting may be, what it is when nobody says, and why it is a setting at all. */
export interface Spec<T> {
  readonly default: T;
  /** The values it takes, in words, for messages and the README. */
  readonly values: string;
  /** What it decides, and what the choice rests on. */
  readonly why: string;
  /** The value that `text` stands for; undefined when it stands for none. */
  readonly read: (text: string) => T | undefined;
}

/** A setting that is one of a few words. */
export function choice<const T extends string>(first: T, others: readonly T[], why: string): Spec<T> {
  const all = [first, ...others];
  return {
    default: first,
    values: all.join(' | '),
    why,
    read: (text) => all.find((word) => word === text),
  };
}

/** A whole number from `min` to `max`. */
export function integer(initial: number, min: number, max: number, why: string): Spec<number> {
  return {
    default: initial,
    values: `${min} to ${max}`,
    why,
    read: (text) => {
      if (!/^\d{1,10}$/.test(text)) return undefined;
      const value = Number(text);
      return value >= min && value <= max ? value : undefined;
    },
  };
}

/** Two whole numbers, `low,high`; one number stands for both. */
export function span(
  initial: readonly [number, number],
  max: number,
  why: string,
): Spec<readonly [number, number]> {
  return {
    default: initial,
    values: `low,high of 0 to ${max}`,
    why,
    read: (text) => {
      const match = /^(\d{1,6})(?:,(\d{1,6}))?$/.exec(text);
      if (!match) return undefined;
      const low = Number(match[1]);
      const high = Number(match[2] ?? match[1]);
      return low <= high && high <= max ? [low, high] : undefined;
    },
  };
}

/** Text of one form. */
export function text(initial: string, form: RegExp, values: string, why: string): Spec<string> {
  return { default: initial, values, why, read: (value) => (form.test(value) ? value : undefined) };
}

/** How an error is answered: plain `ERROR`, or `+CME ERROR` with this code. */
export type ErrorForm = number | 'ERROR';

/** A setting that says how one cause of an error is answered. */
export function errorForm(initial: ErrorForm, why: string): Spec<ErrorForm> {
  return {
    default: initial,
    values: 'ERROR or a code of 0 to 999',
    why,
    read: (value) => (value === 'ERROR' ? value : /^\d{1,3}$/.test(value) ? Number(value) : undefined),
  };
}

/** What a reserved value answers: `OK`, or one of the errors. */
export function reserved(initial: ErrorForm | 'OK', why: string): Spec<ErrorForm | 'OK'> {
  const { read } = errorForm('ERROR', why);
  return {
    default: initial,
    values: 'OK, ERROR or a code of 0 to 999',
    why,
    read: (value) => (value === 'OK' ? value : read(value)),
  };
}
