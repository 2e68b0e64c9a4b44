import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Level } from './simulated-chip.fixture.ts';

/** A level that the kernel drove a line to. */
export interface DrivenLevel {
  /** Monotonic ns, in whole microseconds: the clock of `process.hrtime`. */
  readonly at: bigint;
  /** The line's number in sysfs. */
  readonly line: number;
  readonly level: Level;
}

const folder = '/sys/kernel/tracing';
const set = (file: string, value: string): void => writeFileSync(path.join(folder, file), value);

/** ` node-123   [000] .....    12.345678: gpio_value: 475 set 1` */
const drivenLevel = /\s(\d+)\.(\d{6}): gpio_value: (\d+) set ([01])$/gm;

/** The driven levels in the kernel's trace text, oldest first. */
export const parseTrace = (text: string): DrivenLevel[] =>
  [...text.matchAll(drivenLevel)].map(([, seconds = '', micros = '', line, level]) => ({
    at: BigInt(seconds + micros) * 1000n,
    line: Number(line),
    level: level === '1' ? 1 : 0,
  }));

/**
 * Makes the kernel trace every level it drives a GPIO line to (event gpio:gpio_value), and clears the trace. Nothing is
 * sampled: a glitch of any length is seen, and the kernel itself times the pulses.
 */
export function startLevelTrace(): void {
  set('trace_clock', 'mono');
  set('events/gpio/gpio_value/enable', '1');
  set('trace', '');
  set('tracing_on', '1');
}

/** The levels that line `number` of sysfs was driven to since startLevelTrace, oldest first. */
export const levelsOf = (number: number): DrivenLevel[] =>
  parseTrace(readFileSync(path.join(folder, 'trace'), 'utf8')).filter(({ line }) => line === number);
