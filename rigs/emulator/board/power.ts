import { type Cancel, type Clock, msToNs } from '../base/clock.ts';
import type { BootCause } from '../module/handler.ts';
import type { Settings } from '../settings/settings.ts';

/** PWRKEY must be low for 500 ms, RESET for 50 ms (hardware design §3.6; BC26.md §1). */
const KEY_MS = 500;
const RESET_MS = 50;

/** The module that the supply and the two keys act on. */
interface Machine {
  boot(cause: BootCause): void;
  /** Stops in good order: NVRAM is written first. */
  halt(): void;
  /** Stops because the supply is cut. */
  cut(): void;
  /** VDD_EXT has changed. */
  powered(on: boolean): void;
}

export class Power {
  readonly #clock: Clock;
  readonly #settings: () => Settings;
  readonly #machine: Machine;
  #supply = false;
  #keyDown = false;
  #on = false;
  /** RESET has been low for its time; with or without a supply. */
  #inReset = false;
  /** The cause of the boot when RESET is released; undefined: the module was not started, and stays off. */
  #bootOnRelease: BootCause | undefined;
  #keyTimer: Cancel | undefined;
  #resetTimer: Cancel | undefined;
  #offTimer: Cancel | undefined;

  constructor(clock: Clock, settings: () => Settings, machine: Machine) {
    this.#clock = clock;
    this.#settings = settings;
    this.#machine = machine;
  }

  supplyOn(): void {
    if (this.#supply) return;
    this.#supply = true;
    if (this.#keyDown) this.#awaitKey();
  }

  supplyOff(): void {
    this.#supply = false;
    this.#bootOnRelease = undefined;
    this.#keyTimer?.();
    this.#offTimer?.();
    if (this.#on) this.#machine.cut();
    this.#setPowered(false);
  }

  keyDown(): void {
    if (this.#keyDown) return;
    this.#keyDown = true;
    this.#awaitKey();
  }

  keyUp(): void {
    this.#keyDown = false;
    this.#keyTimer?.();
  }

  resetDown(): void {
    this.#resetTimer?.();
    this.#resetTimer = this.#clock.at(this.#clock.now() + msToNs(RESET_MS), () => this.#holdInReset());
  }

  /**
   * A module that was running, or that its key started meanwhile, boots on release. For a running module this is in
   * the hardware design (figure 13). No document says what RESET does to a power-on. It is inferred that a chip held
   * in reset does not run, and that a start by the key is not lost.
   */
  resetUp(): void {
    this.#resetTimer?.();
    this.#inReset = false;
    const cause = this.#bootOnRelease;
    this.#bootOnRelease = undefined;
    if (cause) this.#start(cause);
  }

  /** A valid pulse on PWRKEY ends. */
  keyPressed(): void {
    if (!this.#supply) return;
    if (this.#inReset) this.#bootOnRelease ??= 'power-key';
    else if (!this.#on) this.#start('power-key');
    else this.#keyPressedWhenOn();
  }

  /** A valid pulse on RESET ends. */
  resetPressed(): void {
    if (this.#on) this.#restart('reset');
  }

  /** AT+QRST=1. */
  softReset(): void {
    if (this.#on) this.#restart('soft');
  }

  /** AT+QPOWD=0: VDD_EXT falls later (hardware design §3.6.2). */
  powerOff(): void {
    const due = this.#clock.now() + msToNs(this.#settings().powerOffMs);
    this.#offTimer = this.#clock.at(due, () => this.#switchOff());
  }

  #awaitKey(): void {
    this.#keyTimer?.();
    this.#keyTimer = this.#clock.at(this.#clock.now() + msToNs(KEY_MS), () => this.keyPressed());
  }

  #keyPressedWhenOn(): void {
    const effect = this.#settings().powerKeyWhenOn;
    if (effect === 'off') this.#switchOff();
    if (effect === 'reset') this.#restart('power-key');
  }

  /** VDD_EXT falls and stays low; its toggling (figure 13) is not emulated. */
  #holdInReset(): void {
    this.#inReset = true;
    if (!this.#on) return;
    this.#bootOnRelease = 'reset';
    this.#stop();
    this.#setPowered(false);
  }

  #switchOff(): void {
    if (!this.#on) return;
    this.#stop();
    this.#setPowered(false);
  }

  #restart(cause: BootCause): void {
    this.#stop();
    this.#machine.boot(cause);
  }

  #start(cause: BootCause): void {
    this.#setPowered(true);
    this.#machine.boot(cause);
  }

  #stop(): void {
    this.#offTimer?.();
    this.#machine.halt();
  }

  #setPowered(on: boolean): void {
    if (this.#on === on) return;
    this.#on = on;
    this.#machine.powered(on);
  }
}
