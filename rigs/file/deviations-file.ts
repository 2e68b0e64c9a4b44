import { z } from 'zod';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { readSmallFile } from '../../harness/base/read-file-within.ts';
import { type KeyPath, type Mistake, valueAt } from './mistake.ts';
import { checkYaml, type FileKind, parseYaml, shownPath } from './yaml-file.ts';

const text = z.string().min(1).max(1_000);

/** There are fewer clauses than this. */
const most = 200;

const entry = z.strictObject({
  /** What the firmware does instead of what the clause says. */
  reason: text,
  /** Where that is recorded: a ticket, a mail, an erratum. */
  reference: text,
  /** The last day on which the entry is valid, so that each exception is looked at again. */
  expires: z.iso.date({ error: 'a day, as in 2026-12-31' }),
});

/** A firmware's known deviations, by clause. */
const deviationsSchema = z.strictObject({
  /** Prefix of the firmware revision that has them. */
  firmware: z.string().min(1).max(64),
  deviations: z
    .record(z.string().max(64), entry)
    .refine((listed) => Object.keys(listed).length <= most, { error: `at most ${most} deviations` }),
});

/** A clause that a firmware is known to violate. */
export interface KnownDeviation extends z.output<typeof entry> {
  readonly clause: string;
}

export interface DeviationsOptions {
  /** `module.firmware` of the rig: the prefix of its module's revision. */
  readonly firmware: string;
  readonly today: Date;
  /** Why a clause cannot be listed, and what to do; undefined if it can. */
  readonly clauseMistake: (id: string) => string | undefined;
}

const kind: FileKind = {
  code: 'DEVIATIONS_INVALID',
  remedy: 'correct these lines; rigs/README.md, "Known deviations", describes what may be listed',
};

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

const mapAt = (data: unknown, path: KeyPath): [string, unknown][] => {
  const value = valueAt(data, path);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
};

function firmwareMistakes(data: unknown, { firmware: guard }: DeviationsOptions): Mistake[] {
  const firmware = valueAt(data, ['firmware']);
  if (typeof firmware !== 'string' || firmware === '' || guard.startsWith(firmware)) return [];
  const text = `these deviations are of ${firmware}, but the rig admits every ${guard}…; use a file for that firmware, or make module.firmware more specific`;
  return [{ path: ['firmware'], at: 'value', text }];
}

function clauseMistakes(data: unknown, { clauseMistake }: DeviationsOptions): Mistake[] {
  return mapAt(data, ['deviations'])
    .slice(0, most)
    .flatMap(([id]) => {
      const text = clauseMistake(id);
      return text === undefined ? [] : [{ path: ['deviations', id], at: 'key', text }];
    });
}

function expiryMistakes(data: unknown, { today }: DeviationsOptions): Mistake[] {
  return mapAt(data, ['deviations']).flatMap(([id, listed]) => {
    const expires = valueAt(listed, ['expires']);
    if (typeof expires !== 'string' || !(expires < dayOf(today))) return [];
    const text = `expired on ${expires}; remove the entry, or check the firmware again and set a later day`;
    return [{ path: ['deviations', id, 'expires'], at: 'value', text }];
  });
}

/**
 * Parses the text of a file of known deviations.
 * @throws DEVIATIONS_INVALID with one line for each mistake: `file:line:column: key.path: what is wrong; what to do`
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
    source = await readSmallFile(file);
  } catch (cause) {
    throw new HilError(
      kind.code,
      `cannot read the file of known deviations ${shownPath(file)}: ${messageOf(cause)}`,
      {
        remedy: 'correct module.deviations in the rig file, or make the file readable for this user',
        cause,
      },
    );
  }
  return parseDeviations(file, source, options);
}
