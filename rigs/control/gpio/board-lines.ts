import { type Clock, toNs } from '../../../harness/base/clock.ts';
import { runAll } from '../../../harness/base/run-all.ts';
import type { GpioKeys } from '../../file/rig-file.ts';
import type { GpioDriver, InputLine, Level, LineWanted, OutputLine } from './line.ts';
import { readSteadyLevel } from './steady-level.ts';
import { waitUntil } from './wait.ts';

type Active = 'high' | 'low';

/** The level for "on", or the one for "off". */
const levelOf = (active: Active, on: boolean): Level => ((active === 'high') === on ? 'high' : 'low');

/** An output that is on or off; `active` is the level for "on". */
export class Switch {
  readonly line: OutputLine;
  readonly #active: Active;

  constructor(line: OutputLine, active: Active) {
    this.line = line;
    this.#active = active;
  }

  set(on: boolean): Promise<void> {
    return this.line.write(levelOf(this.#active, on));
  }
}

/** A key of the module that is pressed for a time, and never left pressed. */
export class Key {
  readonly line: OutputLine;
  readonly #switch: Switch;
  readonly #pulseMs: number;
  readonly #clock: Clock;

  constructor(line: OutputLine, { active, pulseMs }: { active: Active; pulseMs: number }, clock: Clock) {
    this.line = line;
    this.#switch = new Switch(line, active);
    this.#pulseMs = pulseMs;
    this.#clock = clock;
  }

  /** Presses the key for at least `pulseMs`, even if timers fire early; releases it at once when `signal` aborts. */
  async press(signal: AbortSignal): Promise<void> {
    try {
      await this.#switch.set(true);
      await waitUntil(this.#clock, this.#clock.now() + toNs(this.#pulseMs), signal);
    } finally {
      await this.#switch.set(false);
    }
  }

  release(): Promise<void> {
    return this.#switch.set(false);
  }
}

/** The input for VDD_EXT, which shows whether the module is powered. */
export class Sense {
  readonly line: InputLine;
  readonly #active: Active;
  readonly #clock: Clock;

  constructor(line: InputLine, active: Active, clock: Clock) {
    this.line = line;
    this.#active = active;
    this.#clock = clock;
  }

  /** Reads the level once it is steady. @throws GPIO_UNSTEADY */
  async powered(signal: AbortSignal): Promise<boolean> {
    return (await readSteadyLevel(this.line, this.#clock, signal)) === levelOf(this.#active, true);
  }
}

/** The claimed lines of a rig file. */
export interface BoardLines {
  readonly powerKey?: Key;
  readonly reset?: Key;
  readonly supply?: Switch;
  readonly powered?: Sense;
}

/** Lists the lines in the order of their release: keys before the supply. */
export const listLines = ({ powerKey, reset, supply, powered }: BoardLines): InputLine[] =>
  [powerKey, reset, supply, powered].flatMap((user) => user?.line ?? []);

interface Claims {
  readonly keys: GpioKeys;
  readonly driver: GpioDriver;
  readonly clock: Clock;
}

/**
 * Claims every line of the rig file at its resting level: keys released, the supply as `atRest` says. If one fails,
 * those claimed before are released.
 * @throws GPIO_… errors
 */
export async function claimLines({ keys, driver, clock }: Claims): Promise<BoardLines> {
  const claimed: InputLine[] = [];
  const remember = async <Line extends InputLine>(claim: Promise<Line>): Promise<Line> => {
    const line = await claim;
    claimed.push(line);
    return line;
  };
  const lineWanted = (name: string, { bcm, chip, sysfs }: Omit<LineWanted, 'key'>): LineWanted => ({
    key: `control.${name}`,
    bcm,
    chip,
    sysfs,
  });
  const output = (name: string, line: Omit<LineWanted, 'key'> & { active: Active }, on: boolean) =>
    remember(driver.claimOutput(lineWanted(name, line), levelOf(line.active, on)));

  const { powerKey, reset, supply, powered } = keys;
  try {
    return {
      ...(powerKey && { powerKey: new Key(await output('powerKey', powerKey, false), powerKey, clock) }),
      ...(reset && { reset: new Key(await output('reset', reset, false), reset, clock) }),
      ...(supply && {
        supply: new Switch(await output('supply', supply, supply.atRest === 'on'), supply.active),
      }),
      ...(powered && {
        powered: new Sense(
          await remember(driver.claimInput(lineWanted('powered', powered))),
          powered.active,
          clock,
        ),
      }),
    };
  } catch (error) {
    await releaseAll(claimed).catch(() => {});
    throw error;
  }
}

/** Releases all lines, even if one fails; rejects with the first failure. */
export async function releaseAll(lines: readonly InputLine[]): Promise<void> {
  await runAll(lines.map((line) => () => line.release()));
}
