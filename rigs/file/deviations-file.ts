import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { type Mistake, valueAt } from './schema-mistakes.ts';
import type { KeyPath } from './locate-key.ts';
import { checkYaml, type FileKind, parseYaml, shownPath } from './yaml-file.ts';

const text = z.string().min(1).max(1_000);

const entry = z.strictObject({
  /** What the firmware does instead. */
  reason: text,
  /** Where that is written down: a ticket, a mail, an erratum. */
  reference: text,
  /** The last day on which the entry holds: an exception that nobody looks at again is a lost clause. */
  expires: z.iso.date({ error: 'a day, as in 2026-12-31' }),
});

/** A firmware's known deviations, by clause. */
const deviationsSchema = z.strictObject({
  /** Prefix of the revision they were seen with. */
  firmware: z.string().min(1).max(64),
  deviations: z.record(z.string().max(64), entry),
});

/** A clause that a firmware is known not to keep. */
export interface KnownDeviation extends z.output<typeof entry> {
  readonly clause: string;
}

export interface DeviationsOptions {
  /** The rig's guard: the prefix of its module's revision. */
  readonly firmware: string;
  readonly today: Date;
  /** Why a clause cannot be listed, and what mends it; undefined when it can. */
  readonly clauseMistake: (id: string) => string | undefined;
}

const kind: FileKind = {
  code: 'DEVIATIONS_INVALID',
  remedy: 'what may be listed is described in rigs/README.md, "Known deviations"',
};

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

const mapAt = (data: unknown, path: KeyPath): [string, unknown][] => {
  const value = valueAt(data, path);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
};

function firmwareMistakes(data: unknown, { firmware: guard }: DeviationsOptions): Mistake[] {
  const firmware = valueAt(data, ['firmware']);
  if (typeof firmware !== 'string' || firmware === '' || guard.startsWith(firmware)) return [];
  const what = `the rig admits ${guard}…, which need not be ${firmware}`;
  return [{ path: ['firmware'], at: 'value', text: `${what}; name the file of the rig's own firmware` }];
}

function clauseMistakes(data: unknown, { clauseMistake }: DeviationsOptions): Mistake[] {
  return mapAt(data, ['deviations']).flatMap(([id]) => {
    const text = clauseMistake(id);
    return text === undefined ? [] : [{ path: ['deviations', id], at: 'key', text }];
  });
}

function expiryMistakes(data: unknown, { today }: DeviationsOptions): Mistake[] {
  return mapAt(data, ['deviations']).flatMap(([id, listed]) => {
    const expires = valueAt(listed, ['expires']);
    if (typeof expires !== 'string' || !(expires < dayOf(today))) return [];
    const text = `expired on ${expires}; take it out, or look at it again and give it another day`;
    return [{ path: ['deviations', id, 'expires'], at: 'value', text }];
  });
}

/**
 * The text of a file of known deviations.
 * @throws DEVIATIONS_INVALID: one line a mistake, `file:line:column: key.path: what is wrong; what mends it`
 */
export function parseDeviations(file: string, source: string, options: DeviationsOptions): KnownDeviation[] {
  const yaml = parseYaml(file, source, kind);
  const rules = (data: unknown): Mistake[] =>
    [firmwareMistakes, clauseMistakes, expiryMistakes].flatMap((rule) => rule(data, options));
  const { deviations } = checkYaml(yaml, deviationsSchema, rules);
  return Object.entries(deviations).map(([clause, listed]) => ({ clause, ...listed }));
}

/** Reads and checks a file of known deviations. @throws DEVIATIONS_INVALID */
export async function loadDeviations(file: string, options: DeviationsOptions): Promise<KnownDeviation[]> {
  let source: string;
  try {
    source = await readFile(file, 'utf8');
  } catch (cause) {
    throw new HilError(
      kind.code,
      `cannot read the known deviations ${shownPath(file)}: ${messageOf(cause)}`,
      {
        remedy: 'module.deviations of the rig file names it',
        cause,
      },
    );
  }
  return parseDeviations(file, source, options);
}
