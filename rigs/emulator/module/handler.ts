import type { Settings } from '../settings/settings.ts';
import type { Nvram } from './nvram.ts';
import type { Session } from './session.ts';

export interface Call {
  /** Upper case, with its `+`: `+QDMPCFG`, `I`, `E`, `&W`; the empty string is a bare `AT`. */
  readonly name: string;
  readonly form: 'execute' | 'read' | 'test' | 'write';
  /** What follows `=` (or the digits of a basic command such as `E0`), byte for byte (latin1). */
  readonly parameters: string;
}

export interface Answer {
  /** Information lines, without line ends (latin1). */
  readonly lines: readonly string[];
  /** `none`: no final result (QRST=1). An error with a code is `+CME ERROR: …`, without one plain `ERROR`. */
  readonly result: 'OK' | 'none' | { readonly error: number | undefined };
  readonly then?: 'reset' | 'power-off';
}

/** The running module as its commands see it. */
export interface Module {
  readonly settings: Settings;
  readonly nvram: Nvram;
  /** Volatile: new at every boot. */
  readonly session: Session;
  readonly active: DmpConfig;
  /** CMDMP access state, `<dmstate>`. */
  dmState: number;
  /** Seeded, 0 ≤ x < 1. */
  readonly random: () => number;
}

/** The CMDMP configuration in use: read from NVRAM at boot, and never after. */
export interface DmpConfig {
  /** By NVRAM item: every item of accessRecords and extendedRecords, its default where nothing is saved (latin1). */
  readonly values: Map<string, string>;
}

/** What made the module boot. A supply that comes back boots nothing until the power key is pressed. */
export type BootCause = 'power-key' | 'reset' | 'soft';

export type Handler = (call: Call, module: Module) => Answer;
