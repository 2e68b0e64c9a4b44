import { toNs } from '../base/clock.ts';
import type { Line } from './exchange.ts';

/** The boot text in its order (BC26.md §2): the ROM's registers, its farewell, the firmware's `RDY`. */
const order = ['F1', 'V0', '00', '01', 'U0', 'T0', 'Leaving', 'RDY'] as const;
const farewell = order.indexOf('Leaving');

const romLine = /^([0-9A-Z]{2}): [0-9A-F]{4} [0-9A-F]{4}(?: \[[0-9A-F]{4}\])?$/;
/** Up to a few bytes of power-on rubbish may stick to it: `RbbRDY` (BC26.md §2). */
const ready = /^[^ :;,"=]{0,8}RDY$/;

/** The bootloader's watchdog (BC26.md §1): what comes later than this belongs to no boot before it. */
const longestBootMs = 30_000;

/** Place in the order, or undefined for a ROM line of another label (other chips have others). */
interface BootText {
  readonly place: number | undefined;
}

/**
 * @returns what part of the boot text `line` is, or undefined. Any one of its lines will do, never the whole:
 * values and number of lines differ from start to start (TRANSCRIPTS.md §5). Bytes that cannot be printed
 * may precede: the pin floats while the supply rises.
 */
function bootText(line: string): BootText | undefined {
  const text = line.replace(/^[^\x21-\x7e]+/, '');
  const label = romLine.exec(text)?.[1];
  if (label !== undefined) return { place: indexOf(label) };
  if (text.endsWith('Leaving the BROM')) return { place: farewell };
  return ready.test(text) ? { place: indexOf('RDY') } : undefined;
}

const indexOf = (label: string): number | undefined => {
  const index = order.findIndex((known) => known === label);
  return index < 0 ? undefined : index;
};

/** Whether `line` belongs to a boot. No answer to a command of ours looks like it. */
export const isBootText = (line: string): boolean => bootText(line) !== undefined;

/** The boot whose text was seen last. */
export interface BootSeen {
  /** Arrival of its first byte. */
  readonly at: bigint;
  readonly place: number;
}

/**
 * Tells one boot from the next: a line that does not go on in the order of the boot text, or comes too late
 * for it, begins another boot.
 * @returns the boot `line` belongs to (`seen` itself, moved on, when it continues it), or undefined for a line
 * that is no boot text.
 */
export function bootOf(
  seen: BootSeen | undefined,
  line: Line,
): { boot: BootSeen; fresh: boolean } | undefined {
  const text = bootText(line.data);
  if (!text) return undefined;
  if (seen && continues(seen, text, line)) {
    return { boot: { at: seen.at, place: Math.max(seen.place, text.place ?? 0) }, fresh: false };
  }
  return { boot: { at: line.startedAt, place: text.place ?? 0 }, fresh: true };
}

function continues(seen: BootSeen, text: BootText, line: Line): boolean {
  if (line.startedAt - seen.at > toNs(longestBootMs)) return false;
  return text.place === undefined ? seen.place < farewell : text.place > seen.place;
}
