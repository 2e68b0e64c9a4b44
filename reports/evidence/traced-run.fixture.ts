import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { TraceSource } from '../../harness/base/trace.ts';
import { filesOf, type RunFolder } from '../files/run-folder.ts';
import { openTrace } from '../files/trace-file.ts';
import type { Entry } from '../record/entry.ts';

/** 2026-01-31T09:05:07Z: the wall clock at the monotonic time 1 s. */
const WALL = '2026-01-31T09:05:07.000Z';

/** A line that is no entry. */
export interface Happening {
  readonly source: TraceSource;
  readonly data?: string;
  readonly [field: string]: unknown;
}

/**
 * Writes a real trace into a folder of its own. A line every 10 ms, the first at 1 s; line 2 ties the clocks.
 * @returns the folder; `end` removes it
 */
export function tracedRun(lines: readonly (Entry | Happening)[]): RunFolder & { end(): void } {
  const folder = filesOf(mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-traced-')));
  const trace = openTrace(folder.trace);
  const [start, ...rest] = lines;
  const all = start ? [start, { source: 'note', type: 'clock', wall: WALL } as const, ...rest] : [];
  all.forEach((line, index) => {
    const at = 1_000_000_000n + BigInt(Math.max(0, index - 1)) * 10_000_000n;
    const isTest = 'type' in line && String(line.type).startsWith('test-');
    const { source = isTest ? 'test' : 'note', ...body } = line as Happening;
    trace.write(source, at, body);
  });
  trace.close();
  return { ...folder, end: () => rmSync(folder.dir, { recursive: true, force: true }) };
}
