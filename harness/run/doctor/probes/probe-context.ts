import type { RigFile } from '../../../../rigs/file/rig-file.ts';
import type { Port } from '../../../../rigs/port/port.ts';
import type { Bench } from '../../../bc26/bench.ts';
import type { Identity } from '../../../bc26/identity.ts';
import type { Finding } from '../findings/finding.ts';

/** What the probes work on: an opened board, and what the probes before have measured. */
export interface ProbeContext {
  readonly rig: RigFile;
  readonly bench: Bench;
  readonly port: Pick<Port, 'onData' | 'onGone'>;
  /** Aborts at a request to stop; every probe then rejects ABORTED. */
  readonly signal: AbortSignal;
  readonly figures: Figures;
  /** The environment variable that has the rig's private key and is not set: then the rig has no credentials. */
  readonly unset?: string | undefined;
  /** Shows what goes on from now on, and for how long, ms. */
  readonly begin: (what: string, ofMs?: number) => void;
}

/** Measured values; empty or absent where nothing was measured. Durations in ms. */
export interface Figures {
  /** From switching on to the first OK to AT, one entry per boot. */
  readonly powerOnMs: number[];
  /** From the reset to the first OK. */
  readonly resetMs: number[];
  /** Per boot, from its trigger: when the first AT was answered, and when the module had named itself. */
  readonly named: { readonly firstMs: number; readonly namedMs: number }[];
  /** Bare `AT`s, from the command's last bit to the answer's last byte. */
  readonly roundTripMs: number[];
  /** How many boot texts the first power-on showed. */
  bootTexts?: number;
  silence?: { readonly seconds: number; readonly bytes: number };
  module?: Identity;
}

export const emptyFigures = (): Figures => ({
  powerOnMs: [],
  resetMs: [],
  named: [],
  roundTripMs: [],
});

/** The result of a probe that acts on the module. */
export interface ProbeResult {
  readonly findings: readonly Finding[];
  /** Whether later probes can work with the module. */
  readonly alive: boolean;
}
