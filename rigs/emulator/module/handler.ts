import type { DmpConfig } from '../dmp/load-active.ts';
import type { ClientPlan } from '../network/client-plan.ts';
import type { Settings } from '../settings/settings.ts';
import type { Nvram, NvramChanges } from './nvram.ts';
import type { Session } from './session.ts';

/** One command of a command line, taken apart. */
export interface Call {
  /** Upper case, with its `+`: `+QDMPCFG`, `I`, `E`, `&W`; the empty string is a bare `AT`. */
  readonly name: string;
  readonly form: 'execute' | 'read' | 'test' | 'write';
  /** What follows `=` (or the digits of a basic command such as `E0`), byte for byte (latin1). */
  readonly parameters: string;
}

/** What a command is answered with. */
export interface Answer {
  /** Information lines, without line ends (latin1). */
  readonly lines: readonly string[];
  /**
   * `OK`; `none` (QRST=1 answers nothing); or an error: with a code it is `+CME ERROR: …` as AT+CMEE has it,
   * without one plain `ERROR`.
   */
  readonly result: 'OK' | 'none' | { readonly error: number | undefined };
  /** What happens once the answer has been written. */
  readonly then?: 'reset' | 'power-off';
}

/** The running module as its commands see it. */
export interface Module {
  readonly settings: Settings;
  readonly nvram: Nvram;
  /** Volatile: made anew at every boot. */
  readonly session: Session;
  /** The CMDMP configuration in use: read from NVRAM at boot, and never after. */
  readonly active: DmpConfig;
  /** CMDMP access state, `<dmstate>`. */
  dmState: number;
  /** Seeded, 0 ≤ x < 1. */
  readonly random: () => number;
}

/** What made the module boot; a supply that comes back boots nothing before the power key is pressed. */
export type BootCause = 'power-key' | 'reset' | 'soft';

export type Handler = (call: Call, module: Module) => Answer;

/**
 * A fault of the firmware, laid over the healthy module: each hook may change what passes through it. The
 * newest behaviour is asked first; `next` is the rest of the stack, down to the healthy module.
 */
export interface Behaviour {
  readonly id: string;
  /** One line: what this firmware does wrong. */
  readonly describe: string;
  /** Around one command. */
  answer?(call: Call, module: Module, next: (call: Call) => Answer): Answer;
  /** Around the bytes of one whole answer, framing included (latin1). */
  bytes?(answer: string, call: Call, module: Module): string;
  /** Around the answer latency, ms. */
  latencyMs?(planned: number, call: Call, module: Module): number;
  /**
   * Around one NVRAM transaction (`Nvram.commit` of the running module). Changes handed on one by one are
   * transactions of their own, so a supply cut can tear them; changes not handed on are never saved.
   */
  commit?(changes: NvramChanges, module: Module, next: (changes: NvramChanges) => void): void;
  /** Around what the LwM2M client goes by. */
  client?(plan: ClientPlan, module: Module): ClientPlan;
  /** When the module begins to boot, before the active configuration is read from NVRAM. */
  booting?(nvram: Nvram, cause: BootCause): void;
  /** When the module has booted; `reset` makes it boot once more, at once. */
  booted?(module: Module, cause: BootCause): 'reset' | void;
}
