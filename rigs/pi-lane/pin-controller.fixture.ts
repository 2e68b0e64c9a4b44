/**
 * The part of a BCM2835's GPIO controller that decides which levels lines 0 to 31 drive, from what is written to its
 * registers (BCM2835 ARM Peripherals, chapter 6): a line of function "output" has its latch's level. Every other line
 * is not driven and has the level of its pull, which on this bench means rest: low.
 */
export class PinController {
  /** A bit for each line: GPSET0 sets it, GPCLR0 clears it, whatever the line's function. */
  #latch = 0;
  readonly #functions = new Map<number, number>();

  /**
   * @param offset of a register, from the controller's first
   * @param value 32 bits
   */
  write(offset: number, value: number): void {
    if (offset < 0x18) this.#functions.set(offset / 4, value);
    if (offset === 0x1c) this.#latch |= value;
    if (offset === 0x28) this.#latch &= ~value;
  }

  /** The level of a line, by its BCM number (0 to 31). */
  level(bcm: number): 0 | 1 {
    const functions = this.#functions.get(Math.floor(bcm / 10)) ?? 0;
    const isOutput = ((functions >>> ((bcm % 10) * 3)) & 7) === 1;
    return isOutput && (this.#latch >>> bcm) & 1 ? 1 : 0;
  }
}
