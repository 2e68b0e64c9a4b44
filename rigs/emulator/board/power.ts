import { type Cancel, type Clock, msToNs } from '../base/clock.ts';
import type { BootCause } from '../module/handler.ts';
import type { Settings } from '../settings/settings.ts';

/** PWRKEY must be low for 500 ms, RESET for 50 ms (hardware design §3.6; BC26.md §1). */
const KEY_MS = 500;
const RESET_MS = 50;

/** What the supply and the two keys act on. */
interface Machine {
  boot(cause: BootCause): void;
  /** Stops in good order: NVRAM is written first. */
  halt(): void;
  /** The supply is gone in this moment. */
  cut(): void;
  /** VDD_EXT has changed. */
  powered(on: boolean): void;
}

/** The module's supply, PWRKEY and RESET. */
export class Power {
  readonly #clock: Clock;
  readonly #settings: () => Settings;
  readonly #machine: Machine;
  #supply = false;
  #keyDown = false;
  #on = false;
  /** RESET has been low for its time: a level, whether there is a supply or not. */
  #inReset = false;
  /** As what the module boots when RESET is let go; undefined: it has not been started, and stays off. */
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
   * A module that was running, or was started by its key meanwhile, boots by itself on release. Of a running one
   * the hardware design says so (figure 13). What RESET does to a power-on no document says: that a chip held in
   * reset does not run, and that its key's work is not undone by that, is inferred.
   */
  resetUp(): void {
    this.#resetTimer?.();
    this.#inReset = false;
    const cause = this.#bootOnRelease;
    this.#bootOnRelease = undefined;
    if (cause) this.#start(cause);
  }

  /** A pulse on PWRKEY of valid length, as if it ended now. */
  keyPressed(): void {
    if (!this.#supply) return;
    if (this.#inReset) this.#bootOnRelease ??= 'power-key';
    else if (!this.#on) this.#start('power-key');
    else this.#keyPressedWhenOn();
  }

  /** A pulse on RESET of valid length, as if it ended now. */
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

  /** VDD_EXT falls (figure 13); that it toggles meanwhile is not emulated. */
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
