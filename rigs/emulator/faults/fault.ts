import type { BootPiece } from '../module/boot-text.ts';
import type { Answer, BootCause, Call, Module } from '../module/handler.ts';
import type { Nvram, NvramChanges } from '../module/nvram.ts';
import type { ClientPlan } from '../network/client-plan.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * A firmware fault: a layer over the healthy module. Each hook may change what passes through it. With several
 * faults on, the newest is called first; `next` calls the older ones and finally the healthy module.
 */
export interface Fault {
  /** In kebab case; never changed once it is published. */
  readonly id: string;
  /** One line: what this firmware does wrong. */
  readonly describe: string;
  /**
   * Ids of the clauses that it breaks, in the order of the clause list: what the firmware does is not what the clause
   * says. A clause that it only hides (a saved record shows through its query alone) is not among them.
   */
  readonly breaks: readonly [string, ...string[]];
  /** Around one command. */
  answer?(call: Call, module: Module, next: (call: Call) => Answer): Answer;
  /** Around the bytes of one whole answer, framing included (latin1). */
  bytes?(answer: string, call: Call, module: Module): string;
  /** Around the answer latency, ms. */
  latencyMs?(planned: number, call: Call, module: Module): number;
  /**
   * Around one NVRAM transaction (`Nvram.commit` of the running module). Each call of `next` is a transaction of
   * its own, so a supply cut can fall between two. Changes not passed to `next` are never saved.
   */
  commit?(changes: NvramChanges, module: Module, next: (changes: NvramChanges) => void): void;
  /** Around the time from an NVRAM transaction until its writing begins, ms; planned is 0. */
  writeDelayMs?(planned: number, settings: Settings): number;
  /** Around the plan of the LwM2M client. */
  clientPlan?(plan: ClientPlan, module: Module): ClientPlan;
  /** Around the text that a boot prints, ROM and firmware. */
  bootText?(pieces: readonly BootPiece[], module: Module): readonly BootPiece[];
  /** When the module begins to boot, before the active configuration is read from NVRAM. */
  booting?(nvram: Nvram, cause: BootCause): void;
  /** When the module has booted; `reset` makes it boot once more, at once. */
  booted?(module: Module, cause: BootCause): 'reset' | void;
}
