import path from 'node:path';

import { z } from 'zod';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { readFileWithin } from '../../harness/base/read-file-within.ts';
import type { TraceBody } from '../../harness/base/trace.ts';
import { writeJson } from '../files/replace-file.ts';
import { filesOf } from '../files/run-folder.ts';
import type { Entry } from './entry.ts';

type RunStart = Extract<Entry, { type: 'run-start' }>;
type Plan = Pick<RunStart, 'clauses' | 'planned'>;

const planSchema = z.object({
  schemaVersion: z.literal(1),
  clauses: z.array(
    z.looseObject({
      id: z.string(),
      status: z.enum(['S', 'E', 'I', 'U']),
      text: z.string(),
      section: z.string(),
      uncovered: z.string().optional(),
      unselected: z.boolean().optional(),
    }),
  ),
  planned: z.array(
    z.looseObject({
      name: z.string(),
      file: z.string(),
      title: z.string(),
      clauses: z.array(z.string()),
      hindsight: z.boolean().optional(),
      source: z.object({ file: z.string(), line: z.number() }).optional(),
      leftOut: z.string().optional(),
    }),
  ),
});

/** Bytes; the whole catalogue with all tests has 0.3 MB. */
const most = 16_000_000;

/** The entry as the first line of the trace has it: the clauses and tests stand in a file of their own, `plan.json`. */
export const headerOf = ({ clauses: _, planned: __, ...header }: RunStart): object => ({
  ...header,
  plan: 'plan.json',
});

/** Writes the clauses and tests of a run to a file, in one step. @throws REPORT_FAILED */
export const writePlan = (file: string, { clauses, planned }: Plan): void =>
  writeJson(file, { schemaVersion: 1, clauses, planned });

/** Whether this is a header without the plan; older traces have the plan in the line itself. */
export const lacksPlan = (body: TraceBody): boolean => body['type'] === 'run-start' && !('planned' in body);

/** The plan beside a trace. @throws RECORD_UNREADABLE */
export function planBeside(trace: string): Plan {
  const { plan: file } = filesOf(path.dirname(trace));
  try {
    const { clauses, planned } = planSchema.parse(JSON.parse(readFileWithin(file, most)));
    return { clauses, planned };
  } catch (cause) {
    throw new HilError('RECORD_UNREADABLE', `${file}: ${messageOf(cause).split('\n')[0]}`, {
      remedy:
        'keep the files of a run together: plan.json has the clauses and tests that its trace speaks of',
      cause,
    });
  }
}
