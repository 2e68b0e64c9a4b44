import {
  type Arranged,
  expectNone,
  expectThat,
  readRecord,
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
import { isSeenTwice } from './seen-twice.ts';

/** The configuration right before the cut, and before the erases of its round. */
interface Written {
  readonly written: Snapshot;
  readonly before?: Snapshot;
}

/**
 * Judges a supply cut during a write: the record must hold its old or its new value, all others must be unchanged.
 * Observes which of the two it is, with the actual delay as far as it is known.
 * @param erased the records erased since the last reboot
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
      // Whether another cut mixes a record is chance, so this one is looked at twice.
      const again = state === 'neither' ? await readRecord(module, record) : undefined;
      shownBy([reading], () =>
        expectThat(`${record.name} saved, after a supply cut while it was written`, {
          holds: state !== 'neither',
          expected: 'its old or its new values',
          got: text ?? reading?.final,
          proven: isSeenTwice(reading, again),
        }),
      );
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
        () =>
          expectNone(
            'other records changed by a supply cut',
            others.map((other) => `${other.record} was ${other.before}, is ${other.after}`),
          ),
      );
      if (isAccess(record) && text !== undefined && state !== 'erased') {
        const inUse = inUseText(found, record);
        shownBy([reading, found.inUse], () =>
          expectThat(`${record.name} in use`, {
            holds: sameFields(record, inUse, text),
            expected: `what is saved, ${text}`,
            got: inUse,
          }),
        );
      }
    },
    // The configuration before the cut was read without a reboot.
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
 * Whether a record was empty when the supply was cut: it was erased since the last reboot, or shows no suite values.
 * How an empty record is shown is open and may change at each reboot (clause CFG-QUERY-EMPTY).
 */
function isEmpty(record: SavedRecord, { written }: Written, erased: readonly SavedRecord[]): boolean {
  return erased.includes(record) || ownValuesIn(record, written.saved[record.name]?.text) === undefined;
}

/** Whether an empty record shows none of its earlier values. */
function staysEmpty(record: SavedRecord, { before }: Written, found: Snapshot): boolean {
  const text = found.saved[record.name]?.text;
  const held = before?.saved[record.name]?.text ?? '';
  return !showsAnyNumbered(record, text) && !showsAnyOf(record, text, fieldsShown(record, held));
}

/** When the supply was cut, as a range: the moment itself cannot be observed. */
const describeCutTime = ({ cutBetweenMs }: Arranged<unknown>['boot']): string =>
  `${cutBetweenMs?.map((ms) => ms.toFixed(0)).join(' to ') ?? 'unknown'} ms after OK`;

/** Which state of the record a text shows. */
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
