import type { Chip } from './chips.ts';
import type { Level } from './line.ts';

/** Which of libgpiod's two command languages the installed tools speak. */
export type GpiodVersion = 1 | 2;

/** A line as the tools name it. */
export interface GpiodLine {
  /** gpiochip0. */
  readonly chip: string;
  readonly offset: number;
}

const bit = (level: Level): string => (level === 'high' ? '1' : '0');

/** What `gpioset --version` says: 'gpioset (libgpiod) v1.6.3'. Undefined when it is neither 1.x nor 2.x. */
export function parseVersion(text: string): GpiodVersion | undefined {
  const [, major] = /\bv([0-9]+)\.[0-9]/.exec(text) ?? [];
  return major === '1' ? 1 : major === '2' ? 2 : undefined;
}

interface Words {
  /** Drives the line, and holds it until the program ends. */
  hold(line: GpiodLine, level: Level): readonly string[];
  /** Prints 0 or 1. */
  get(line: GpiodLine): readonly string[];
  info(line: GpiodLine): readonly string[];
}

/** The programs and arguments of both languages; none of them is understood by the other (PI.md §1.5). */
export const commandsOf: Readonly<Record<GpiodVersion, Words>> = {
  1: {
    hold: ({ chip, offset }, level) => ['gpioset', '--mode=signal', chip, `${offset}=${bit(level)}`],
    get: ({ chip, offset }) => ['gpioget', chip, `${offset}`],
    info: ({ chip }) => ['gpioinfo', chip],
  },
  2: {
    // The banner is printed once the line is driven: version 1 has nothing of the kind.
    hold: ({ chip, offset }, level) => [
      ...['gpioset', '--banner', '--consumer', 'bc26-hil', '--chip', chip],
      `${offset}=${bit(level)}`,
    ],
    get: ({ chip, offset }) => ['gpioget', '--numeric', '--chip', chip, `${offset}`],
    info: ({ chip, offset }) => ['gpioinfo', '--chip', chip, `${offset}`],
  },
};

/**
 * The chips `gpiodetect` lists, in either version: 'gpiochip0 [pinctrl-bcm2711] (58 lines)'. Each once: version 1
 * follows links, and Raspberry Pi OS has /dev/gpiochip4 lead to the Pi 5's gpiochip0, which is listed twice then,
 * both times by the kernel's own name.
 */
export function parseChips(text: string): Chip[] {
  const pattern = /^(\S+) \[(.*)\] \(([0-9]+) lines\)$/gm;
  const listed = [...text.matchAll(pattern)].map(([, name = '', label = '', lines]): [string, Chip] => [
    name,
    { name, label, lines: Number(lines) },
  ]);
  return [...new Map(listed).values()];
}

/**
 * Who has a line, by what `gpioinfo` prints: the consumer's name, or undefined when nobody has it.
 * 1.x: `line  17: "GPIO17" "sysfs" output active-high [used]`; 2.x: `gpiochip0 17 "GPIO17" output consumer="sysfs"`.
 */
export function parseConsumer(text: string, { chip, offset }: GpiodLine): string | undefined {
  const mine = text
    .split('\n')
    .find(
      (line) => new RegExp(`^\\s*line\\s+${offset}:`).test(line) || line.startsWith(`${chip} ${offset}\t`),
    );
  if (mine === undefined) return undefined;
  const consumer = /consumer="([^"]*)"/.exec(mine)?.[1];
  if (consumer !== undefined) return consumer;
  if (!/\[used\b/.test(mine)) return undefined;
  return /:\s*(?:"[^"]*"|\S+)\s+"?([^"\s]+)"?/.exec(mine)?.[1] ?? 'the kernel';
}
