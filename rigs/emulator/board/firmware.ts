import type { Fault } from '../faults/fault.ts';
import type { Answer, BootCause, Call, Handler, Module } from '../module/handler.ts';
import type { Nvram, NvramChanges } from '../module/nvram.ts';
import { type ClientPlan, healthyPlan } from '../network/client-plan.ts';

/** The healthy module with the behaviours that lie over it. */
export interface Firmware {
  answer(call: Call, module: Module): Answer;
  bytes(answer: string, call: Call, module: Module): string;
  latencyMs(planned: number, call: Call, module: Module): number;
  commit(changes: NvramChanges, module: Module, save: (changes: NvramChanges) => void): void;
  client(module: Module): ClientPlan;
  booting(nvram: Nvram, cause: BootCause): void;
  /** True: the module boots once more. */
  booted(module: Module, cause: BootCause): boolean;
}

/**
 * Lays behaviours over the healthy module.
 * @param healthy answers a command as a healthy module does
 * @param behaviours asked for at every use, oldest first; the newest lies outermost
 */
export function layeredFirmware(healthy: Handler, behaviours: () => readonly Fault[]): Firmware {
  return {
    answer(call, module) {
      const base = (asked: Call): Answer => healthy(asked, module);
      return behaviours().reduce(
        (next, behaviour) => (asked) => behaviour.answer?.(asked, module, next) ?? next(asked),
        base,
      )(call);
    },
    bytes: (answer, call, module) =>
      behaviours().reduce((text, behaviour) => behaviour.bytes?.(text, call, module) ?? text, answer),
    latencyMs: (planned, call, module) =>
      behaviours().reduce((ms, behaviour) => behaviour.latencyMs?.(ms, call, module) ?? ms, planned),
    commit(changes, module, save) {
      behaviours().reduce(
        (next, behaviour) => (behaviour.commit ? (passed) => behaviour.commit?.(passed, module, next) : next),
        save,
      )(changes);
    },
    client: (module) =>
      behaviours().reduce((plan, behaviour) => behaviour.client?.(plan, module) ?? plan, healthyPlan(module)),
    booting(nvram, cause) {
      for (const behaviour of behaviours()) behaviour.booting?.(nvram, cause);
    },
    booted: (module, cause) =>
      behaviours().filter((behaviour) => behaviour.booted?.(module, cause) === 'reset').length > 0,
  };
}
