import { type Cancel, type Clock, msToNs } from '../base/clock.ts';
import { bootPieces } from '../module/boot-text.ts';
import type { BootCause, Module } from '../module/handler.ts';
import type { NvramFlash } from '../module/nvram.ts';
import type { Network } from '../network/network.ts';
import type { Settings } from '../settings/settings.ts';
import { type AnsweredLine, AtLine } from './at-line.ts';
import type { Firmware } from './firmware.ts';
import { newModule } from './new-module.ts';
import { UnsolicitedLines } from './unsolicited-lines.ts';
import type { ArrivedByte, WireOut } from './wire.ts';

interface ModuleRunnerParts {
  readonly clock: Clock;
  readonly out: WireOut;
  readonly flash: NvramFlash;
  readonly firmware: Firmware;
  readonly network: Network;
  readonly settings: () => Settings;
  readonly random: () => number;
  readonly onBoot: (cause: BootCause) => void;
  readonly onAnswered: (answered: AnsweredLine) => void;
  /** The running module resets itself or switches itself off. */
  readonly onThen: (action: 'reset' | 'power-off') => void;
}

/** Boots and stops the module: its AT line and its network client exist from a boot to the next stop. */
export class ModuleRunner {
  readonly #parts: ModuleRunnerParts;
  #line: AtLine | undefined;
  #timers: Cancel[] = [];
  #leaveNetwork: (() => void) | undefined;
  readonly #unsolicited: UnsolicitedLines;

  constructor(parts: ModuleRunnerParts) {
    this.#parts = parts;
    this.#unsolicited = new UnsolicitedLines({ ...parts, write: (bytes) => parts.out.interject(bytes) });
  }

  /** Takes a received byte; it is lost unless the module has booted. */
  byte(arrived: ArrivedByte): void {
    this.#line?.byte(arrived);
  }

  /** Boots: prints the boot text, then answers AT after `bootMs`. */
  boot(cause: BootCause): void {
    const { clock, firmware, flash, onBoot, settings } = this.#parts;
    onBoot(cause);
    firmware.booting(flash, cause);
    const module = newModule(this.#parts);
    const begin = clock.now();
    const bootNs = msToNs(settings().bootMs);
    this.#print(module, begin, bootNs);
    this.#timers.push(clock.at(begin + bootNs, () => this.#ready(module, cause)));
  }

  halt(): void {
    this.#parts.flash.flush();
    this.#end();
  }

  cut(): void {
    this.#parts.flash.cut();
    this.#end();
  }

  #print(module: Module, begin: bigint, bootNs: bigint): void {
    const { firmware, out, random } = this.#parts;
    const junk = 0x80 + Math.floor(random() * 0x80);
    const sim = module.settings.sim === 'present';
    for (const { part, text } of firmware.bootText(
      bootPieces(junk, module.session.functionality, sim),
      module,
    )) {
      out.send(Buffer.from(text, 'latin1'), begin + BigInt(Math.round(Number(bootNs) * part)));
    }
  }

  #ready(module: Module, cause: BootCause): void {
    const { firmware, network, onThen } = this.#parts;
    this.#line = new AtLine({ ...this.#parts, module });
    this.#leaveNetwork = network.join(module, () => firmware.clientPlan(module));
    this.#unsolicited.begin();
    if (firmware.booted(module, cause)) onThen('reset');
  }

  #end(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers = [];
    this.#unsolicited.end();
    this.#line?.close();
    this.#line = undefined;
    this.#leaveNetwork?.();
    this.#leaveNetwork = undefined;
    this.#parts.out.cut();
  }
}
