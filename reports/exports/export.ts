import type { RunFolder } from '../files/run-folder.ts';
import type { TraceLine } from '../files/trace-file.ts';
import type { WallClock } from '../timeline/wall-clock.ts';

/** What an export is made from. */
export interface ExportSource {
  /** Every line of the trace, in order; read once. */
  readonly lines: Iterable<TraceLine>;
  /** Whether a line is to be exported. Called with every line in order. */
  readonly isWanted: (line: TraceLine) => boolean;
  readonly wall: WallClock;
  readonly folder: RunFolder;
}

export type Write = (part: string | Uint8Array) => void;

/**
 * Writes a trace in another format, in pieces: a trace of any length needs no memory.
 * @returns what was written, in words: `1308 exchanges`
 */
export type Export = (source: ExportSource, write: Write) => string;

export type ExportFormat = 'pcapng' | 'vcd' | 'csv';
export const exportFormats: readonly ExportFormat[] = ['pcapng', 'vcd', 'csv'];
