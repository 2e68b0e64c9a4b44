import { InvalidArgumentError } from 'commander';

import { didYouMean } from '../base/nearest.ts';

/** Parses an option as a whole number from `least` to `most`. */
export const wholeNumber = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
};

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Parses an option as a time, `90s`, `15m` or `2h`, in ms; from one second to a week. */
export function duration(text: string): number {
  const [, count, unit] = /^([0-9]+)([smh])$/.exec(text) ?? [];
  const ms = Number(count) * unitMs[unit as keyof typeof unitMs];
  if (ms >= unitMs.s && ms <= 168 * unitMs.h) return ms;
  throw new InvalidArgumentError('It must be a time from 1s to 168h: a whole number with s, m or h.');
}

/** Collects the values of an option that may be repeated. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Parses an option whose value is one of these words. */
export const oneOf =
  <Word extends string>(words: readonly Word[]) =>
  (text: string): Word => {
    const word = words.find((known) => known === text);
    if (word) return word;
    throw new InvalidArgumentError(`It must be one of ${words.join(', ')}${didYouMean(text, words)}.`);
  };
