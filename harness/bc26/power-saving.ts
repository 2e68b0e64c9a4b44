import type { Exchange } from '../at/exchange.ts';
import { messageOf } from '../base/error.ts';
import type { Bench, PowerSavingFound } from './bench.ts';
import type { Insist } from './insist.ts';
import { inMessage } from './require-ok.ts';

/** The part of a module that sends commands; the module itself is built from this file. */
interface Sender {
  at(command: string): Promise<Exchange>;
}

/** A setting that lets the module sleep; the module keeps it over a reboot (BC26.md §3). */
interface Setting {
  readonly command: string;
  /** Whether the information lines of a reading say that it is off. */
  readonly isOff: (lines: readonly string[]) => boolean;
  /** The commands that bring it back as the reading shows it; none where the reading is of another form. */
  readonly commandsBack: (lines: readonly string[]) => readonly string[];
}

/** `+CPSMS: <mode>[,<RAU>,<READY>,<TAU>,<active>]` (27.007 §7.38). */
const psm: Setting = {
  command: 'AT+CPSMS',
  isOff: (lines) => lines.length === 1 && lines.every((line) => /^\+CPSMS: *0(?:,|$)/.test(line)),
  commandsBack: (lines) => commandsFrom(lines, /^\+CPSMS: *(1(?:,(?:"[01]{8}")?){0,4})$/, 'AT+CPSMS='),
};

/** A line `+CEDRXS: <AcT>,<value>` for each access technology (27.007 §7.40); AcT 0: not used. */
const edrx: Setting = {
  command: 'AT+CEDRXS',
  isOff: (lines) => lines.every((line) => /^\+CEDRXS: *0(?:,|$)/.test(line)),
  commandsBack: (lines) => commandsFrom(lines, /^\+CEDRXS: *([1-9],"[01]{4}")$/, 'AT+CEDRXS=1,'),
};

/** One command for each line of a reading; none unless all lines have the known shape. */
function commandsFrom(lines: readonly string[], shape: RegExp, prefix: string): readonly string[] {
  const shown = lines.map((line) => shape.exec(line)?.[1]);
  return shown.every((each) => each !== undefined) ? shown.map((each) => `${prefix}${each}`) : [];
}

/**
 * Switches power saving and extended reception cycles off, unless they read as off: a module that sleeps loses
 * commands. The values found first are kept in `Bench.powerSaving`.
 * @param read sends a reading command
 * @param switchOff sends a command; resolves with whether it was answered OK
 */
export async function switchOffPowerSaving(
  { powerSaving }: Pick<Bench, 'powerSaving'>,
  read: Insist,
  switchOff: (command: string) => Promise<boolean>,
): Promise<void> {
  for (const { command, isOff, commandsBack } of [psm, edrx]) {
    const lines = linesOf(await read(`${command}?`));
    if (lines && isOff(lines)) continue;
    if (!(await switchOff(`${command}=0`))) continue;
    if (!powerSaving?.has(command)) powerSaving?.set(command, lines ? commandsBack(lines) : []);
  }
}

const linesOf = ({ final, information }: Exchange): readonly string[] | undefined =>
  final.kind === 'OK' ? information : undefined;

/**
 * Switches power saving on again where it was found on.
 * @returns a sentence for each setting that stays off, with the reason
 */
export async function switchOnPowerSaving(
  module: Sender,
  found: PowerSavingFound,
): Promise<readonly string[]> {
  const staysOff: string[] = [];
  for (const [command, lines] of found) {
    if (lines.length === 0) staysOff.push(`${command} stays off: what it was could not be read`);
    for (const line of lines) {
      const why = await whyRefused(module, line);
      if (why !== undefined)
        staysOff.push(`${command} stays off, which was on by ${inMessage(line)}: ${why}`);
    }
  }
  return staysOff;
}

async function whyRefused(module: Sender, line: string): Promise<string | undefined> {
  try {
    const { final } = await module.at(line);
    return final.kind === 'OK' ? undefined : inMessage(final.text);
  } catch (error) {
    return messageOf(error);
  }
}
