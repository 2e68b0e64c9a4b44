import { appendFileSync, existsSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { type ProofCell, proofCell } from '../../../reports/proof/proof.ts';
import { HilError, messageOf } from '../../base/error.ts';
import { readFileWithin } from '../../base/read-file-within.ts';
import { replaceFile } from '../../base/replace-file.ts';

/** What a proof was asked for; `--resume` goes on with the same. */
const asked = z.object({
  profile: z.enum(['smoke', 'nightly', 'release']),
  seed: z.number(),
  rig: z.string(),
  faults: z.array(z.string()),
  clausePattern: z.string().nullable(),
  controls: z.string().nullable().default(null),
  /** `--generated`: how many to draw of the generated faults, which are then judged alone. */
  generated: z.number().nullable().default(null),
  /** `--every-test`; a journal of before it existed has none. */
  everyTest: z.boolean().default(false),
  shard: z.object({ part: z.number(), parts: z.number() }).nullable(),
  startedAt: z.string(),
});
export type Asked = z.infer<typeof asked>;

/** A proof's journal: what was asked, and each cell as it is judged, so that a proof that was killed can go on. */
export interface Journal {
  readonly asked: Asked;
  /** The cells judged so far; of two lines for one cell the later counts. */
  readonly judged: ReadonlyMap<string, ProofCell>;
  add(cell: ProofCell): void;
}

/** Bytes; a thousand cells take half a megabyte. */
const most = 16_000_000;

const fileIn = (folder: string): string => path.join(folder, 'cells.jsonl');

/** Starts a journal in an empty folder. */
export function startJournal(folder: string, facts: Asked): Journal {
  replaceFile(fileIn(folder), `${JSON.stringify(facts)}\n`);
  return journalOf(folder, facts, new Map());
}

/**
 * Reads the journal of a proof that ended early. A last line that was cut by a kill is left out.
 * @throws RECORD_UNREADABLE
 */
export function readJournal(folder: string): Journal {
  const file = fileIn(folder);
  try {
    const [first = '', ...rest] = readFileWithin(file, most).split('\n');
    const whole = rest.slice(0, -1).map((line) => proofCell.parse(JSON.parse(line)));
    return journalOf(folder, asked.parse(JSON.parse(first)), new Map(whole.map((cell) => [cell.name, cell])));
  } catch (cause) {
    const what = existsSync(file) ? messageOf(cause).split('\n', 1)[0] : 'is not there';
    throw new HilError('RECORD_UNREADABLE', `${file}: ${what}`, {
      remedy: 'name the folder of a proof that was ended early',
      cause,
    });
  }
}

function journalOf(folder: string, facts: Asked, judged: Map<string, ProofCell>): Journal {
  return {
    asked: facts,
    judged,
    add(cell) {
      appendFileSync(fileIn(folder), `${JSON.stringify(cell)}\n`);
      judged.set(cell.name, cell);
    },
  };
}
