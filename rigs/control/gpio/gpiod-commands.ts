import type { Chip } from './chips.ts';
import type { Level } from './line.ts';

/** The major version of libgpiod's tools: their options and output differ. */
export type GpiodVersion = 1 | 2;

/** A line as the tools address it. */
export interface GpiodLine {
  /** gpiochip0. */
  readonly chip: string;
  readonly offset: number;
}

const bit = (level: Level): string => (level === 'high' ? '1' : '0');

/** Parses the output of `gpioset --version`: 'gpioset (libgpiod) v1.6.3'. Undefined if it is neither 1.x nor 2.x. */
export function parseVersion(text: string): GpiodVersion | undefined {
  const [, major] = /\bv([0-9]+)\.[0-9]/.exec(text) ?? [];
  return major === '1' ? 1 : major === '2' ? 2 : undefined;
}

interface Commands {
  /** Drives the line, and holds it until the program ends. */
  hold(line: GpiodLine, level: Level): readonly string[];
  /** Prints 0 or 1. */
  get(line: GpiodLine): readonly string[];
  info(line: GpiodLine): readonly string[];
}

/** The programs and arguments of both versions; neither accepts those of the other (PI.md §1.5). */
export const commandsOf: Readonly<Record<GpiodVersion, Commands>> = {
  1: {
    hold: ({ chip, offset }, level) => ['gpioset', '--mode=signal', chip, `${offset}=${bit(level)}`],
    get: ({ chip, offset }) => ['gpioget', chip, `${offset}`],
    info: ({ chip }) => ['gpioinfo', chip],
  },
  2: {
    // The banner is printed once the line is driven; version 1 has no such option.
    hold: ({ chip, offset }, level) => [
      ...['gpioset', '--banner', '--consumer', 'bc26-hil', '--chip', chip],
      `${offset}=${bit(level)}`,
    ],
    get: ({ chip, offset }) => ['gpioget', '--numeric', '--chip', chip, `${offset}`],
    info: ({ chip, offset }) => ['gpioinfo', '--chip', chip, `${offset}`],
  },
};

/**
 * Parses the output of `gpiodetect` of both versions: 'gpiochip0 [pinctrl-bcm2711] (58 lines)'. Each chip once:
 * version 1 follows links, and on Raspberry Pi OS /dev/gpiochip4 leads to the Pi 5's gpiochip0, which it then lists
 * twice, both times with the kernel's name.
 */
export function parseChips(text: string): Chip[] {
  const pattern = /^(\S+) \[(.*)\] \(([0-9]+) lines\)$/gm;
  const entries = [...text.matchAll(pattern)].map(([, name = '', label = '', lines]): [string, Chip] => [
    name,
    { name, label, lines: Number(lines) },
  ]);
  return [...new Map(entries).values()];
}

/**
 * Finds the consumer of a line in the output of `gpioinfo`; undefined if the line is free.
 * 1.x: `line  17: "GPIO17" "sysfs" output active-high [used]`; 2.x: `gpiochip0 17 "GPIO17" output consumer="sysfs"`.
 */
export function parseConsumer(text: string, { chip, offset }: GpiodLine): string | undefined {
  const entry = text
    .split('\n')
    .find(
      (line) => new RegExp(`^\\s*line\\s+${offset}:`).test(line) || line.startsWith(`${chip} ${offset}\t`),
    );
  if (entry === undefined) return undefined;
  const consumer = /consumer="([^"]*)"/.exec(entry)?.[1];
  if (consumer !== undefined) return consumer;
  if (!/\[used\b/.test(entry)) return undefined;
  return /:\s*(?:"[^"]*"|\S+)\s+"?([^"\s]+)"?/.exec(entry)?.[1] ?? 'the kernel';
}
