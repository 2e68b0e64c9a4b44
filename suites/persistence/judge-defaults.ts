import { access as note, type SavedRecord, type Scenario, shownBy } from '../../harness/jest/suite.ts';
import { isAccess, recordNamed } from '../records/records.ts';
import { fieldsShown, inUseText, withoutKey } from '../records/snapshot-readings.ts';
import { type RoundArranged } from './arrange-round.ts';
import { recordsOf, type Round } from './rounds.ts';

interface Default {
  readonly clause: string;
  /** The type of the record it belongs to. */
  readonly type: number;
  /** Its place in the record. */
  readonly field: number;
  readonly is: string;
}

/**
 * What the note says of an access configuration that nobody saved: nothing of keys and IMEI. Seen when nothing is
 * saved and the module has been rebooted.
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

/** Whether a line of the read form shows what an erased record has in use: the defaults, as far as there are any. */
export const showsDefaults = (record: SavedRecord, text: string): boolean =>
  defaultsOf(record).every(({ field, is }) => fieldsShown(record, text)[field] === is);

/**
 * Judges each default where its record was erased by its own option. Nothing else shows a default, so it is seen
 * through the inferred clause that an erase comes into use (clause CFG-IP-DEFAULT): where that fails, both do, and
 * where it is a known deviation, nothing is said of the default.
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
            expect({ inUse, value: fieldsShown(record, inUse)[field] }).toMatchObject({ value: is }),
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
