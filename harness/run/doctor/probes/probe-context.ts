import type { RigFile } from '../../../../rigs/file/rig-file.ts';
import type { Port } from '../../../../rigs/port/port.ts';
import type { Bench } from '../../../bc26/bench.ts';
import type { Identity } from '../../../bc26/identity.ts';
import type { Finding } from '../findings/finding.ts';

/** What the active probes work on: an opened board. */
export interface Patient {
  readonly rig: RigFile;
  readonly bench: Bench;
  readonly port: Pick<Port, 'onData' | 'onGone'>;
  /** Aborts when somebody wants the doctor to end; every probe then rejects ABORTED. */
  readonly signal: AbortSignal;
  readonly figures: Figures;
}

/** What was measured; empty where it was not. Durations in ms. */
export interface Figures {
  /** From switching on to the first OK to AT, each time. */
  readonly powerOnMs: number[];
  /** From the reset to the first OK. */
  readonly resetMs: number[];
  /** Bare `AT`s, from the command's last bit to the answer's last byte. */
  readonly roundTripMs: number[];
  /** How many boot texts the first power-on showed. */
  bootTexts?: number;
  silence?: { readonly seconds: number; readonly bytes: number };
  module?: Identity;
}

export const noFigures = (): Figures => ({ powerOnMs: [], resetMs: [], roundTripMs: [] });

/** What a probe that acts on the module found, and whether the module can be worked with after it. */
export interface Probed {
  readonly findings: readonly Finding[];
  readonly alive: boolean;
}
