import { access, accessWrite, fc, type SavedRecord, savedRecords } from '../../harness/jest/suite.ts';
import { accessRecords } from '../records/records.ts';
import { validValues } from '../records/valid-values.ts';
import { baseValues } from './base-state.ts';
import { eraseOf, eraseTogether, type Idle, type Step } from './steps.ts';

/**
 * Sequences in which a command comes directly after one that changes nothing, or several times in a row. Nothing in the
 * note makes what a command does depend on either; firmware with one buffer for two commands, or with a counter, does.
 */

/** Asks the access state; a test form; what CFG-MODE-OUTSIDE says is refused. */
const idle: readonly Idle[] = [
  { command: accessWrite(6), refused: false },
  { command: 'AT+QDMPCFG=?', refused: false },
  { command: accessWrite(0, access.dmmode.max + 1), refused: true },
];

/** What each record and the values in use show after each of them. Writes nothing. */
export const askedAfterIdle: readonly (readonly Step[])[] = [
  ...savedRecords.map((record) => idle.map((after): Step => ({ do: 'query', record, after }))),
  idle.map((after): Step => ({ do: 'read', after })),
];

/** How often a command is repeated. */
const TIMES = 6;

type Save = Extract<Step, { do: 'save' }>;

/** Two saves of a record with different values. */
function savesOf(record: SavedRecord, seed: number): readonly [Save, Save] {
  const values = validValues.get(record.name);
  if (!values) throw new RangeError(`no generator of values for ${record.name}`);
  const different = fc.tuple(values, values).filter(([one, other]) => String(one) !== String(other));
  const [drawn] = fc.sample(different, { seed, numRuns: 1 });
  if (!drawn) throw new RangeError(`no values were drawn for ${record.name}`);
  return [
    { do: 'save', record, values: drawn[0] },
    { do: 'save', record, values: drawn[1] },
  ];
}

const base = (record: SavedRecord): Step => ({ do: 'save', record, values: baseValues(record) });

/** The record is saved, asked for and erased after each idle command, and after an erase of what is erased already. */
function writtenAfterIdle(record: SavedRecord, seed: number): readonly Step[] {
  const other = savedRecords.find(({ command }) => command !== record.command);
  const [one, another] = savesOf(record, seed);
  const before = [...idle, ...(other ? [{ command: other.erase, refused: false }] : [])];
  return [
    ...(other ? [eraseOf(other)] : []),
    ...before.flatMap((after, index): Step[] => [
      { ...(index % 2 === 0 ? one : another), after },
      { do: 'query', record, after },
      { ...eraseOf(record), after },
    ]),
    ...[record, ...(other ? [other] : [])].map(base),
  ];
}

/** The record is saved, asked for and erased some times in a row. */
function repeated(record: SavedRecord, seed: number): readonly Step[] {
  const [one, other] = savesOf(record, seed);
  const cycle = (save: Step): Step[] => [save, { do: 'query', record }, eraseOf(record)];
  return [
    ...Array.from({ length: TIMES }, (_, index) => cycle(index % 2 === 0 ? one : other)).flat(),
    base(record),
  ];
}

/**
 * All records of AT+QDMPCFG are saved and erased together, after each idle command and some times in a row. Not the
 * base values: they are in use, and an erased record may show the value in use (U), so nobody would see that one stayed.
 */
function erasedTogether(seed: number): readonly Step[] {
  const saves = accessRecords.map((record) => savesOf(record, seed));
  return [...idle, ...Array.from({ length: TIMES }, () => undefined)].flatMap((after, index): Step[] => [
    ...saves.map(([one, other]) => (index % 2 === 0 ? one : other)),
    { ...eraseTogether, after },
  ]);
}

/** Every write of every record. From a reboot on, so that what counts since then counts the same in a second attempt. */
export const writtenAnywhere = (seed: number): readonly (readonly Step[])[] => [
  [{ do: 'reboot' }],
  ...savedRecords.flatMap((record) => [repeated(record, seed), writtenAfterIdle(record, seed)]),
  [...erasedTogether(seed), ...accessRecords.map(base)],
];
