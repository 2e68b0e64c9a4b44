import type { GpioKeys } from '../../file/rig-file.ts';

/** A physical level: what a meter at the pin would say, whatever "active" means on this bench. */
export type Level = 'low' | 'high';

/** Where the rig file says a line is. */
export interface LineWanted {
  /** The rig file's key, for messages: 'control.reset'. */
  readonly key: string;
  /** The BCM number, which is the line's offset on its chip. */
  readonly bcm?: number | undefined;
  /** The chip's label; without it the chip of the 40-pin header. */
  readonly chip?: string | undefined;
  /** The kernel's global number, in place of the two above. */
  readonly sysfs?: number | undefined;
}

/** A claimed line of a GPIO chip. */
export interface InputLine {
  /** Which line it is, for people: key, BCM number, chip and what else finds it. */
  readonly place: string;
  /** Whether it was still exported when it was claimed: what a run that was killed left behind. */
  readonly leftover: boolean;
  /** Rejects with a GPIO_… error when the line cannot be read. */
  read(): Promise<Level>;
  /** Gives the line back; idempotent. */
  release(): Promise<void>;
}

/** A claimed line that is driven. Its release drives the resting level first: nobody else keeps it. */
export interface OutputLine extends InputLine {
  /** Resolves when the line is seen to have the level; rejects with a GPIO_… error when it has not. */
  write(level: Level): Promise<void>;
}

/** One way to reach the kernel's GPIO lines. Every claim rejects with a GPIO_… error that names the mend. */
export interface GpioDriver {
  readonly name: 'onoff' | 'gpioset';
  /** Claims a line as an output that has the level `rest` from its first moment on, without a glitch. */
  claimOutput(wanted: LineWanted, rest: Level): Promise<OutputLine>;
  claimInput(wanted: LineWanted): Promise<InputLine>;
}

/** The lines that a rig file wires, each with its key. */
export function wiredLines({ powerKey, reset, supply, powered }: GpioKeys): LineWanted[] {
  return Object.entries({ powerKey, reset, supply, powered }).flatMap(([name, line]) =>
    line ? [{ key: `control.${name}`, bcm: line.bcm, chip: line.chip, sysfs: line.sysfs }] : [],
  );
}
