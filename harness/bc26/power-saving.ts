import type { Exchange } from '../at/exchange.ts';
import { messageOf } from '../base/error.ts';
import type { Bench, PowerSavingFound } from './bench.ts';
import { inMessage } from './require-ok.ts';

/** The part of a module that sends commands; the module itself is built from this file. */
interface Sender {
  at(command: string): Promise<Exchange>;
}

/** A setting that lets the module sleep, and that it keeps over a reboot (BC26.md §3). */
interface Setting {
  readonly command: string;
  /** Whether a reading, answered OK, says that it is off. */
  readonly isOff: (lines: readonly string[]) => boolean;
  /** What brings it back as the reading shows it; none where that cannot be told. */
  readonly back: (lines: readonly string[]) => readonly string[];
}

/** `+CPSMS: <mode>[,<RAU>,<READY>,<TAU>,<active>]` (27.007 §7.38). */
const psm: Setting = {
  command: 'AT+CPSMS',
  isOff: (lines) => lines.length === 1 && lines.every((line) => /^\+CPSMS: *0(?:,|$)/.test(line)),
  back: (lines) => again(lines, /^\+CPSMS: *(1(?:,(?:"[01]{8}")?){0,4})$/, 'AT+CPSMS='),
};

/** A line `+CEDRXS: <AcT>,<value>` for each access technology (27.007 §7.40); AcT 0 uses none. */
const edrx: Setting = {
  command: 'AT+CEDRXS',
  isOff: (lines) => lines.every((line) => /^\+CEDRXS: *0(?:,|$)/.test(line)),
  back: (lines) => again(lines, /^\+CEDRXS: *([1-9],"[01]{4}")$/, 'AT+CEDRXS=1,'),
};

/** The lines that give what each line of a reading shows; none unless all of them are of the known shape. */
function again(lines: readonly string[], shape: RegExp, prefix: string): readonly string[] {
  const shown = lines.map((line) => shape.exec(line)?.[1]);
  return shown.every((each) => each !== undefined) ? shown.map((each) => `${prefix}${each}`) : [];
}

/**
 * Switches power saving and extended reception cycles off where they are on, or where that cannot be read: a module
 * asleep loses commands. What they were is kept in `Bench.powerSaving`, the first time.
 * @param switchOff gives a command, and says whether it was answered OK
 */
export async function switchOffPowerSaving(
  bench: Bench,
  switchOff: (command: string) => Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const { command, isOff, back } of [psm, edrx]) {
    const reading = await bench.at.send(`${command}?`, { signal });
    const lines = linesOf(reading);
    if (lines && isOff(lines)) continue;
    if (!(await switchOff(`${command}=0`))) continue;
    const { powerSaving } = bench;
    if (!powerSaving?.has(command)) powerSaving?.set(command, lines ? back(lines) : []);
  }
}

const linesOf = ({ final, information }: Exchange): readonly string[] | undefined =>
  final.kind === 'OK' ? information : undefined;

/**
 * Switches on again what was found on.
 * @returns what stays off, and why, in words
 */
export async function switchOnPowerSaving(
  module: Sender,
  found: PowerSavingFound,
): Promise<readonly string[]> {
  const said: string[] = [];
  for (const [command, lines] of found) {
    if (lines.length === 0) said.push(`${command} stays off: what it was could not be read`);
    for (const line of lines) {
      const why = await refusal(module, line);
      if (why !== undefined) said.push(`${command} stays off, which was on by ${inMessage(line)}: ${why}`);
    }
  }
  return said;
}

async function refusal(module: Sender, line: string): Promise<string | undefined> {
  try {
    const { final } = await module.at(line);
    return final.kind === 'OK' ? undefined : inMessage(final.text);
  } catch (error) {
    return messageOf(error);
  }
}
