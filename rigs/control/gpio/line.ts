import type { GpioKeys } from '../../file/rig-file.ts';

/** The physical level of a pin, independent of `active` in the rig file. */
export type Level = 'low' | 'high';

/** A line as the rig file gives it. */
export interface LineWanted {
  /** The rig file's key, for messages: 'control.reset'. */
  readonly key: string;
  /** The BCM number: the line's offset on its chip. */
  readonly bcm?: number | undefined;
  /** The chip's label; by default the chip of the 40-pin header. */
  readonly chip?: string | undefined;
  /** The kernel's global number, instead of `bcm` and `chip`. */
  readonly sysfs?: number | undefined;
}

/** A claimed line of a GPIO chip. */
export interface InputLine {
  /** Describes the line in messages: key, BCM number, chip and so on. */
  readonly place: string;
  /** Whether a killed run had left it exported. */
  readonly leftover: boolean;
  /** @throws a GPIO_… error if the line cannot be read */
  read(): Promise<Level>;
  /** Releases the line; idempotent. */
  release(): Promise<void>;
}

/** A claimed line that is driven. Its release drives the resting level first. */
export interface OutputLine extends InputLine {
  /** Resolves when the line has the level. @throws a GPIO_… error if it does not take it */
  write(level: Level): Promise<void>;
}

/** A way to the kernel's GPIO lines. Claims reject with GPIO_… errors that say what to do. */
export interface GpioDriver {
  readonly name: 'onoff' | 'gpioset';
  /** Claims a line as an output with the level `rest` from the first moment on, without a glitch. */
  claimOutput(wanted: LineWanted, rest: Level): Promise<OutputLine>;
  claimInput(wanted: LineWanted): Promise<InputLine>;
}

/** The lines that a rig file wires, each with its key. */
export function wiredLines({ powerKey, reset, supply, powered }: GpioKeys): LineWanted[] {
  return Object.entries({ powerKey, reset, supply, powered }).flatMap(([name, line]) =>
    line ? [{ key: `control.${name}`, bcm: line.bcm, chip: line.chip, sysfs: line.sysfs }] : [],
  );
}
