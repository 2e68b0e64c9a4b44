import { toNs } from '../base/clock.ts';
import type { Line } from './exchange.ts';

/** The parts of the boot text, in order (BC26.md §2): the ROM's registers, its last line, the firmware's `RDY`. */
const order = ['F1', 'V0', '00', '01', 'U0', 'T0', 'Leaving', 'RDY'] as const;
const lastOfRom = order.indexOf('Leaving');

const romLine = /^([0-9A-Z]{2}): [0-9A-F]{4} [0-9A-F]{4}(?: \[[0-9A-F]{4}\])?$/;
/** A few bytes of power-on noise may stick to it: `RbbRDY` (BC26.md §2). */
const ready = /^[^ :;,"=]{0,8}RDY$/;

/** The boot loader's watchdog (BC26.md §1): a line that comes later belongs to another boot. */
const longestBootMs = 30_000;

interface BootText {
  /** The place in the order; undefined for a ROM line with a label of another chip. */
  readonly place: number | undefined;
}

/**
 * @returns the part of the boot text that `line` is, or undefined. Each line is recognised by itself, since values and
 * number of lines differ from start to start (TRANSCRIPTS.md §5). Unprintable bytes may come first: the pin floats
 * while the supply rises.
 */
function parseBootText(line: string): BootText | undefined {
  const text = line.replace(/^[^\x21-\x7e]+/, '');
  const label = romLine.exec(text)?.[1];
  if (label !== undefined) return { place: indexOf(label) };
  if (text.endsWith('Leaving the BROM')) return { place: lastOfRom };
  return ready.test(text) ? { place: indexOf('RDY') } : undefined;
}

const indexOf = (label: string): number | undefined => {
  const index = order.findIndex((known) => known === label);
  return index < 0 ? undefined : index;
};

/** Whether `line` belongs to a boot text. No answer to our commands looks like it. */
export const isBootText = (line: string): boolean => parseBootText(line) !== undefined;

export interface BootSeen {
  /** Arrival of its first byte. */
  readonly at: bigint;
  readonly place: number;
}

/**
 * Tells one boot from the next: a line that does not continue the order of the boot text, or comes too late, begins
 * another boot.
 * @returns the boot that `line` belongs to and whether it is a new one; undefined for a line that is no boot text
 */
export function bootOf(
  seen: BootSeen | undefined,
  line: Line,
): { boot: BootSeen; fresh: boolean } | undefined {
  const text = parseBootText(line.data);
  if (!text) return undefined;
  if (seen && isContinued(seen, text, line)) {
    return { boot: { at: seen.at, place: Math.max(seen.place, text.place ?? 0) }, fresh: false };
  }
  return { boot: { at: line.startedAt, place: text.place ?? 0 }, fresh: true };
}

function isContinued(seen: BootSeen, text: BootText, line: Line): boolean {
  if (line.startedAt - seen.at > toNs(longestBootMs)) return false;
  return text.place === undefined ? seen.place < lastOfRom : text.place > seen.place;
}
