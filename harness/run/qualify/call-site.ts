import path from 'node:path';
import { fileURLToPath } from 'node:url';

import type { SourceLine } from '../../../reports/record/entry.ts';

/** Helpers of the suites call each other a few levels deep; V8 keeps 10 frames by default. */
const FRAMES = 50;

/** The place at the end of a frame: `at name (file:///…/x.ts:41:1)` or `at /…/x.ts:41:1`. */
const place = /^\s+at .*?((?:file:\/\/)?\/[^()]*):(\d+):\d+\)?$/;

/** The stack of the caller of `callSiteBelow`. */
function stackOfCaller(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const here: { stack?: string } = {};
  Error.captureStackTrace(here, callSiteBelow);
  Error.stackTraceLimit = limit;
  return here.stack ?? '';
}

/**
 * Where code below a folder has called: the innermost frame of the stack that lies there. The loader maps lines to those
 * of the TypeScript source.
 * @param folder absolute
 * @returns the file as seen from the folder's parent; undefined if nothing there has called
 */
export function callSiteBelow(folder: string): SourceLine | undefined {
  for (const frame of stackOfCaller().split('\n')) {
    const [, where = '', line] = place.exec(frame) ?? [];
    const file = where.startsWith('file:') ? fileURLToPath(where) : where;
    if (file.startsWith(`${folder}${path.sep}`))
      return { file: path.relative(path.dirname(folder), file), line: Number(line) };
  }
  return undefined;
}
