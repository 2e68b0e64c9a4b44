import {
  access as note,
  expect,
  type SavedRecord,
  type Scenario,
  shownBy,
} from '../../harness/jest/suite.ts';
import { isAccess, recordNamed } from '../records/records.ts';
import { fieldsShown, inUseText, withoutKey } from '../records/snapshot-readings.ts';
import { type RoundArranged } from './arrange-round.ts';
import { recordsOf, type Round } from './rounds.ts';

interface Default {
  readonly clause: string;
  /** The type of its record. */
  readonly type: number;
  /** Its position in the record, from 0. */
  readonly field: number;
  readonly is: string;
}

/**
 * The defaults in the note; it gives none for keys and IMEI. They can be seen when nothing is saved and the module has
 * been rebooted.
 */
const defaults: readonly Default[] = [
  { clause: 'CFG-MODE-DEFAULT', type: 0, field: 0, is: String(note.dmmode.default) },
  { clause: 'CFG-IP-DEFAULT', type: 1, field: 0, is: note.serverIP.default },
  { clause: 'CFG-PORT-DEFAULT', type: 1, field: 1, is: String(note.serverPort.default) },
  { clause: 'CFG-PERIOD-DEFAULT', type: 1, field: 2, is: String(note.updatePeriod.default) },
  { clause: 'CFG-TML-DEFAULT', type: 2, field: 2, is: String(note.tmlType.default) },
];

const defaultsOf = ({ type }: SavedRecord): readonly Default[] =>
  defaults.filter((each) => each.type === type);

/** Whether a line of the read form shows the defaults, for the fields that have one. */
export const showsDefaults = (record: SavedRecord, text: string): boolean =>
  defaultsOf(record).every(({ field, is }) => fieldsShown(record, text)[field] === is);

/** The defaults of a record in words. */
export const defaultText = (record: SavedRecord): string =>
  `the defaults (${defaultsOf(record)
    .map(({ is }) => is)
    .join(', ')})`;

/**
 * Judges each default whose record was erased by its own option. A default can only be seen if the inferred clause
 * CFG-ERASE-APPLY holds (an erase comes into use, see CFG-IP-DEFAULT): if that fails, both fail; if it is a known
 * deviation, the default is not judged.
 */
export function judgeDefaults(scenario: Scenario<RoundArranged>, round: Round): void {
  const erased = recordsOf(round, 'erase').filter(isAccess);

  for (const record of erased) {
    for (const { clause, field, is } of defaultsOf(record)) {
      scenario.clause(
        clause,
        `${round.name}: the default in use, ${clause}`,
        async ({ module }) => {
          const found = await module.snapshot();
          const inUse = inUseText(found, record);
          shownBy([found.inUse], () =>
            expect(
              fieldsShown(record, inUse)[field],
              `the default in ${record.name} in use, field ${field + 1}`,
            ).toEqual(is),
          );
        },
        { through: ['CFG-ERASE-APPLY'] },
      );
    }
  }

  if (!erased.includes(credentials)) return;
  scenario.clause(
    'CFG-ERASE-APPLY',
    `${round.name}: the keys and the IMEI in use`,
    async ({ module, observe }) => {
      const inUse = inUseText(await module.snapshot(), credentials);
      observe('CFG-ERASE-APPLY.credentials', withoutKey(credentials, inUse));
    },
  );
}

const credentials = recordNamed('QDMPCFG 2');
