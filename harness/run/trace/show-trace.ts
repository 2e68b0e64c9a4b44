import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

import type { ExportFormat } from '../../../reports/exports/export.ts';
import { writeExport } from '../../../reports/exports/write-export.ts';
import { followTrace } from '../../../reports/files/follow-trace.ts';
import { filesOf, type RunFolder } from '../../../reports/files/run-folder.ts';
import { readTrace, type TraceLine } from '../../../reports/files/trace-file.ts';
import { createFilter } from '../../../reports/timeline/filter.ts';
import { formatLine } from '../../../reports/timeline/format-line.ts';
import { isoTime, wallClockOf } from '../../../reports/timeline/wall-clock.ts';
import { isStillRunning, type ProcessIdentity } from '../../../rigs/lock/process-identity.ts';
import { HilError } from '../../base/error.ts';
import { escapeText } from '../../base/escape.ts';
import { createLineWriter, type LineOutput } from './line-writer.ts';
import { type TraceQuestion, wantedLines } from './wanted-lines.ts';

const latest = path.resolve(import.meta.dirname, '../../../reports/latest');

/** The run that a person names: its folder, or a file in it; null: the newest. @throws RECORD_UNREADABLE */
function runAt(name: string | null): RunFolder {
  const named = path.resolve(name ?? latest);
  const isFile = existsSync(named) && statSync(named).isFile();
  const folder = filesOf(isFile ? path.dirname(named) : named);
  if (existsSync(folder.trace)) return folder;
  throw new HilError('RECORD_UNREADABLE', `${folder.dir} holds no trace`, {
    remedy: 'name the folder of a run, as reports/latest or one under reports/runs',
  });
}

/** A trace that is about to be read. */
function openQuestion(folder: RunFolder, question: TraceQuestion) {
  const first = firstLine(folder);
  const wall = wallClockOf(folder.trace);
  const start = first?.at ?? 0n;
  const isWanted = createFilter(wantedLines({ dir: folder.dir, start, wall }, question));
  return { first, wall, isWanted };
}

function firstLine({ trace }: RunFolder): TraceLine | undefined {
  for (const line of readTrace(trace)) return line;
  return undefined;
}

/**
 * Shows the lines of a run's trace that are asked for.
 * @param follow goes on with a run that has not ended, until it has or the signal aborts
 * @throws RECORD_UNREADABLE, USAGE, CLAUSE_UNKNOWN
 */
export async function showTrace(
  name: string | null,
  question: TraceQuestion,
  output: LineOutput,
  follow?: AbortSignal,
): Promise<void> {
  const folder = runAt(name);
  const { first, wall, isWanted } = openQuestion(folder, question);
  const writer = createLineWriter(output);
  await writer.write(`${escapeText(folder.dir)}, from ${isoTime(wall(first?.at ?? 0n))} (times are UTC)`);
  const lines = follow
    ? followTrace(folder.trace, { signal: follow, isOver: isOver(first) })
    : readTrace(folder.trace);
  for await (const line of lines) {
    if (isWanted(line)) await writer.write(formatLine(line, wall));
    if (follow) await writer.flush();
    if (writer.isLost) break;
  }
  await writer.flush();
}

/** Whether the run's supervisor has ended. Without its identity only the end of the trace tells. */
function isOver(first: TraceLine | undefined): () => boolean {
  const supervisor = first?.['supervisor'] as ProcessIdentity | undefined;
  return () => supervisor !== undefined && !isStillRunning(supervisor);
}

/**
 * Exports the lines that are asked for.
 * @returns what was written, in words
 * @throws as `showTrace`, and FOLDER_UNUSABLE
 */
export function exportTrace(
  name: string | null,
  question: TraceQuestion,
  { format, file }: { readonly format: ExportFormat; readonly file: string },
): string {
  const folder = runAt(name);
  const { wall, isWanted } = openQuestion(folder, question);
  return writeExport(format, { lines: readTrace(folder.trace), isWanted, wall, folder }, path.resolve(file));
}
