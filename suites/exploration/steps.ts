import {
  access,
  accessWrite,
  extendedWrite,
  fc,
  type SavedRecord,
  savedRecords,
} from '../../harness/jest/suite.ts';
import { accessRecords, saveCommand, type Values } from '../records/records.ts';
import { validValues } from '../records/valid-values.ts';

/** A command that changes nothing. */
export interface Idle {
  readonly command: string;
  /** Whether that is because the clauses say that it is refused. */
  readonly refused: boolean;
}

interface Neighbour {
  /** To be sent directly before. */
  readonly after?: Idle | undefined;
}

/** One step of a sequence. */
export type Step =
  | (Neighbour & { readonly do: 'save'; readonly record: SavedRecord; readonly values: Values })
  /** `command` is the one that erases these records. */
  | (Neighbour & { readonly do: 'erase'; readonly records: readonly SavedRecord[]; readonly command: string })
  | (Neighbour & { readonly do: 'query'; readonly record: SavedRecord })
  /** Asks for the values in use. */
  | (Neighbour & { readonly do: 'read' })
  /** A command that the clauses say is refused. */
  | (Neighbour & { readonly do: 'refused'; readonly command: string })
  | { readonly do: 'reboot' };

/** The command line of a step; a reboot has none. */
export function stepCommand(step: Exclude<Step, { do: 'reboot' }>): string {
  switch (step.do) {
    case 'save':
      return saveCommand(step.record, step.values);
    case 'query':
      return step.record.query;
    case 'read':
      return 'AT+QDMPCFG?';
    case 'erase':
    case 'refused':
      return step.command;
  }
}

const someRecord = fc.constantFrom(...savedRecords);

/** Not shrunk: a failing sequence is shortened by dropping steps only, because every try wears the NVRAM. */
const saveOf = (record: SavedRecord): fc.Arbitrary<Step> =>
  fc.noShrink(
    (validValues.get(record.name) ?? fc.constant([])).map((values) => ({ do: 'save', record, values })),
  );

const saves = fc.oneof(...savedRecords.map(saveOf));

const extended = savedRecords.filter((record) => !accessRecords.includes(record));
const [, , , all] = access.eraseOptions;

type Erase = Extract<Step, { do: 'erase' }>;

/** All records of AT+QDMPCFG at once. */
export const eraseTogether: Erase = { do: 'erase', records: accessRecords, command: accessWrite(5, all) };

export const eraseOf = (record: SavedRecord): Erase => ({
  do: 'erase',
  records: [record],
  command: record.erase,
});

const everyEraseOnce: readonly Step[] = [eraseTogether, ...savedRecords.map(eraseOf)];

const erases = fc.constantFrom(...everyEraseOnce);

/** Refused by CFG-PERIOD-OUTSIDE, CFG-IMEI-OUTSIDE, CFG-MODE-OUTSIDE, CFG-ARITY, EX-ARITY-SURPLUS, EX-LEN-OVER. */
const refused = fc.constantFrom(
  accessWrite(0, access.dmmode.max + 1),
  accessWrite(1, '192.0.2.99', 5701, access.updatePeriod.min - 1),
  accessWrite(1, '192.0.2.98', 5702, access.updatePeriod.max + 1),
  accessWrite(2, '"K555555555"', '"RefusedK"', 1, '1'.repeat(access.tmlIMEI.max + 1)),
  accessWrite(5, 1, 1),
  extendedWrite(2, 0, '"R0M"', '"RAM"', `"${'C'.repeat(20)}"`, '"OS"'),
  extendedWrite(3, 0, '"one"', '"two"', '"three"'),
);

/** Steps without a reboot. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: saves },
  { weight: 4, arbitrary: erases },
  { weight: 1, arbitrary: someRecord.map((record): Step => ({ do: 'query', record })) },
  { weight: 2, arbitrary: refused.map((command): Step => ({ do: 'refused', command })) },
);

/** Sequences of saves, erases, queries and refused commands. */
export const sequence = (maxLength: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(step, { minLength: 1, maxLength, size: 'max' });

/**
 * Two sequences that together contain every erase, in an order from the seed, with saves of both commands and a refused
 * command among them. A nightly run has too few sequences to leave this to chance.
 */
export function everyErase(seed: number): readonly (readonly Step[])[] {
  const half = Math.ceil(everyEraseOnce.length / 2);
  const drawn = fc.tuple(
    fc.shuffledSubarray([...everyEraseOnce], { minLength: everyEraseOnce.length }),
    ...[accessRecords, extended].map((records) => fc.oneof(...records.map(saveOf))),
    refused.map((command): Step => ({ do: 'refused', command })),
  );
  return fc
    .sample(drawn, { seed, numRuns: 1 })
    .flatMap(([steps, ...others]) => [steps.slice(0, half), [...others, ...steps.slice(half)]]);
}

/**
 * The steps before a reboot: a server in 192.0.2.0/24 is saved, so that something must come into use and no stranger is
 * contacted, and access is enabled: other suites reboot with mode 0, and each mode must survive.
 */
const beforeReboot = fc.tuple(
  ...accessRecords.filter(({ type }) => type === 1).map(saveOf),
  ...accessRecords
    .filter(({ type }) => type === 0)
    .map((record) => fc.constant<Step>({ do: 'save', record, values: ['1'] })),
);

/** After the reboot the saved server is in use; this erase must leave it in use until the next reboot. */
const afterReboot: readonly Step[] = accessRecords.filter(({ type }) => type === 1).map(eraseOf);

/** Sequences with a reboot, and an erase after it. */
export const sequenceWithReboot = (maxLength: number): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(fc.array(step, { maxLength, size: 'max' }), beforeReboot)
    .map(([steps, last]): readonly Step[] => [...steps, ...last, { do: 'reboot' }, ...afterReboot]);
