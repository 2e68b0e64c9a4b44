/** The values, the default and the reason of one setting. */
export interface SettingSpec<T> {
  readonly default: T;
  /** The possible values in words, for messages and the README. */
  readonly values: string;
  /** What it decides, and the source of the choice. */
  readonly why: string;
  /** The value that `text` stands for; undefined: `text` is not a value of this setting. */
  readonly read: (text: string) => T | undefined;
}

export function choice<const T extends string>(first: T, others: readonly T[], why: string): SettingSpec<T> {
  const all = [first, ...others];
  return {
    default: first,
    values: all.join(' | '),
    why,
    read: (text) => all.find((word) => word === text),
  };
}

export function integer(initial: number, min: number, max: number, why: string): SettingSpec<number> {
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
): SettingSpec<readonly [number, number]> {
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

/** Text that matches `form`; `values` describes the form. */
export function text(initial: string, form: RegExp, values: string, why: string): SettingSpec<string> {
  return { default: initial, values, why, read: (value) => (form.test(value) ? value : undefined) };
}

/** An error answer: plain `ERROR`, or `+CME ERROR` with this code. */
export type ErrorForm = number | 'ERROR';

/** The answer to one cause of an error. */
export function errorForm(initial: ErrorForm, why: string): SettingSpec<ErrorForm> {
  return {
    default: initial,
    values: 'ERROR or a code of 0 to 999',
    why,
    read: (value) => (value === 'ERROR' ? value : /^\d{1,3}$/.test(value) ? Number(value) : undefined),
  };
}

/** The answer to a reserved value: `OK`, or an error. */
export function reserved(initial: ErrorForm | 'OK', why: string): SettingSpec<ErrorForm | 'OK'> {
  const { read } = errorForm('ERROR', why);
  return {
    default: initial,
    values: 'OK, ERROR or a code of 0 to 999',
    why,
    read: (value) => (value === 'OK' ? value : read(value)),
  };
}
