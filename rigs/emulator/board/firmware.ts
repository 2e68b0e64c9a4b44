import type { Fault } from '../faults/fault.ts';
import type { BootPiece } from '../module/boot-text.ts';
import type { Answer, BootCause, Call, Handler, Module } from '../module/handler.ts';
import type { Nvram, NvramChanges } from '../module/nvram.ts';
import { type ClientPlan, healthyPlan } from '../network/client-plan.ts';
import type { Settings } from '../settings/settings.ts';

/** The healthy module with its faults; the methods are those of `Fault`. */
export interface Firmware {
  answer(call: Call, module: Module): Answer;
  bytes(answer: string, call: Call, module: Module): string;
  latencyMs(planned: number, call: Call, module: Module): number;
  commit(changes: NvramChanges, module: Module, save: (changes: NvramChanges) => void): void;
  /** 0 on the healthy module. */
  writeDelayMs(settings: Settings): number;
  clientPlan(module: Module): ClientPlan;
  bootText(pieces: readonly BootPiece[], module: Module): readonly BootPiece[];
  booting(nvram: Nvram, cause: BootCause): void;
  /** True: the module boots once more. */
  booted(module: Module, cause: BootCause): boolean;
}

/**
 * Puts faults as layers over the healthy module.
 * @param healthy answers a command as a healthy module does
 * @param faults called at every use; oldest first, and the newest is the outermost layer
 */
export function layeredFirmware(healthy: Handler, faults: () => readonly Fault[]): Firmware {
  return {
    answer(call, module) {
      const base = (asked: Call): Answer => healthy(asked, module);
      return faults().reduce(
        (next, fault) => (asked) => fault.answer?.(asked, module, next) ?? next(asked),
        base,
      )(call);
    },
    bytes: (answer, call, module) =>
      faults().reduce((text, fault) => fault.bytes?.(text, call, module) ?? text, answer),
    latencyMs: (planned, call, module) =>
      faults().reduce((ms, fault) => fault.latencyMs?.(ms, call, module) ?? ms, planned),
    commit(changes, module, save) {
      faults().reduce(
        (next, fault) => (fault.commit ? (passed) => fault.commit?.(passed, module, next) : next),
        save,
      )(changes);
    },
    writeDelayMs: (settings) => faults().reduce((ms, fault) => fault.writeDelayMs?.(ms, settings) ?? ms, 0),
    clientPlan: (module) =>
      faults().reduce((plan, fault) => fault.clientPlan?.(plan, module) ?? plan, healthyPlan(module)),
    bootText: (pieces, module) =>
      faults().reduce((text, fault) => fault.bootText?.(text, module) ?? text, pieces),
    booting(nvram, cause) {
      for (const fault of faults()) fault.booting?.(nvram, cause);
    },
    booted: (module, cause) =>
      faults().filter((fault) => fault.booted?.(module, cause) === 'reset').length > 0,
  };
}
