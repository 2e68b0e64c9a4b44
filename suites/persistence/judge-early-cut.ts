import {
  type Arranged,
  sameConfiguration,
  type SavedRecord,
  type Scenario,
  shownBy,
  type Snapshot,
} from '../../harness/jest/suite.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { ownValuesIn, showsAnyNumbered } from '../records/own-values.ts';
import { throughReadBack } from '../records/record-clauses.ts';
import { isAccess, recordNamed, showsAnyOf, showsValues } from '../records/records.ts';
import { fieldsShown, inUseText, readingAt, sameFields } from '../records/snapshot-readings.ts';
import { cutName, type EarlyCut } from './early-cuts.ts';

/** What was shown right before the cut, and what the records that were erased before it had shown. */
interface Written {
  readonly written: Snapshot;
  readonly before?: Snapshot;
}

/**
 * Judges a supply cut into a write: the record is found old or new, everything else as it was. Which of the two
 * it is, is observed with the delay as it really was, as far as that is known.
 * @param erased what was erased since the last reboot
 */
export function judgeEarlyCut(
  scenario: Scenario<Written>,
  cut: EarlyCut,
  name: string,
  erased: readonly SavedRecord[] = [],
): void {
  const { record } = cut;

  scenario.clause(
    'CUT-ATOMIC',
    `${name}: ${record.name} is found old or new, all others are unchanged`,
    async ({ module, arranged }) => {
      const { written } = arranged;
      const found = await module.snapshot();
      const text = found.saved[record.name]?.text;
      const state = stateFound(cut, written, text);
      const reading = found.saved[record.name];
      shownBy([reading], () => expect({ text, state }).not.toMatchObject({ state: 'neither' }));
      const isEmptyStill = (other: SavedRecord): boolean =>
        isEmpty(other, arranged, erased) && staysEmpty(other, arranged, found);
      const others = sameConfiguration(written, found).filter(
        (difference) =>
          difference.record !== record.name &&
          difference.record !== 'in use' &&
          !isEmptyStill(recordNamed(difference.record)),
      );
      shownBy(
        others.map((other) => readingAt(found, other.record)),
        () => expect(others).toEqual([]),
      );
      if (isAccess(record) && text !== undefined && state !== 'erased') {
        const inUse = inUseText(found, record);
        const same = sameFields(record, inUse, text);
        shownBy([reading, found.inUse], () =>
          expect({ inUse, saved: text, same }).toMatchObject({ same: true }),
        );
      }
    },
    // What was there before the cut is read without a reboot.
    throughReadBack,
  );

  scenario.clause(
    'CUT-EARLY',
    `${name}: which value of ${record.name} is found`,
    async ({ module, arranged: { written }, boot, observe }) => {
      const text = (await module.snapshot()).saved[record.name]?.text;
      observe(`CUT-EARLY.${cutName(cut)}`, `${stateFound(cut, written, text)}, cut ${describeCutTime(boot)}`);
    },
  );
}

/**
 * Whether a record held nothing when the supply went: it was erased since the last reboot, or shows none of what the
 * suites save. How such a one is shown is open, and may be otherwise after each reboot (clause CFG-QUERY-EMPTY).
 */
function isEmpty(record: SavedRecord, { written }: Written, erased: readonly SavedRecord[]): boolean {
  return erased.includes(record) || ownValuesIn(record, written.saved[record.name]?.text) === undefined;
}

/** Whether a record that held nothing shows nothing of what it had held. */
function staysEmpty(record: SavedRecord, { before }: Written, found: Snapshot): boolean {
  const text = found.saved[record.name]?.text;
  const held = before?.saved[record.name]?.text ?? '';
  return !showsAnyNumbered(record, text) && !showsAnyOf(record, text, fieldsShown(record, held));
}

/** When the supply went, in words: nobody saw the moment itself. */
const describeCutTime = ({ cutBetweenMs }: Arranged<unknown>['boot']): string =>
  `${cutBetweenMs?.map((ms) => ms.toFixed(0)).join(' to ') ?? 'unknown'} ms after OK`;

/** Which state of a record a text shows, of the two it may be in. */
function stateFound(
  { record, operation, number }: EarlyCut,
  { saved }: Snapshot,
  text: string | undefined,
): 'old' | 'new' | 'erased' | 'neither' {
  const old = saved[record.name]?.text;
  if (text === old) return 'old';
  if (operation === 'save')
    return showsValues(record, text, numberedValues(record, number)) ? 'new' : 'neither';
  return showsAnyOf(record, text, fieldsShown(record, old ?? '')) ? 'neither' : 'erased';
}
