import {
  expect,
  expectThat,
  notRun,
  type SavedRecord,
  type Scenario,
  shownBy,
  type Snapshot,
} from '../../harness/jest/suite.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { clausesOfSaving, throughReadBack, throughReadBackOf } from '../records/record-clauses.ts';
import { isAccess, isInUse, recordText, showsAnyOf, showsValues, type Values } from '../records/records.ts';
import { fieldsShown, inUseText, withoutKey } from '../records/snapshot-readings.ts';
import { type RoundWatched } from './arrange-round.ts';
import { showsDefaults } from './judge-defaults.ts';
import { erasuresOf, recordsOf, type Round, savedNumber } from './rounds.ts';

/** Judges a round before its reboot: saves are shown, erased values are not, and neither is in use yet. */
export function judgeBefore(scenario: Scenario<RoundWatched>, round: Round): void {
  judgeShown(scenario, round);

  const saved = recordsOf(round, 'save').filter(isAccess);
  scenario.clause(
    ['CFG-READ-ACTIVE', 'CFG-APPLY'],
    `${round.name}: before it, what was saved is not in use`,
    ({ arranged: { before, written } }) => {
      expectStillInUse(saved, before, written);
      const inUseBefore = saved.every((record) =>
        showsValues(record, inUseText(before, record), numberedValues(record, savedNumber(round))),
      );
      if (inUseBefore) notRun('cannot be seen: the saved values were already in use before the save');
      return Promise.resolve();
    },
  );

  const erased = recordsOf(round, 'erase', 'erase all').filter(isAccess);
  if (erased.length === 0) return;
  scenario.clause(
    'CFG-ERASE-APPLY',
    `${round.name}: before it, what was erased is still in use`,
    ({ arranged: { before, written } }) => {
      expectStillInUse(erased, before, written);
      const inUseBefore = erased.every((record) => showsDefaults(record, inUseText(before, record)));
      if (inUseBefore) notRun('cannot be seen: the default values were already in use before the erase');
      return Promise.resolve();
    },
  );
}

function expectStillInUse(records: readonly SavedRecord[], before: Snapshot, written: Snapshot): void {
  const inUse = (snapshot: Snapshot) =>
    Object.fromEntries(records.map((record) => [record.name, inUseText(snapshot, record)]));
  shownBy([before.inUse, written.inUse], () =>
    expect(inUse(written), 'values in use before the reboot').toEqual(inUse(before)),
  );
}

const heldBy = (record: SavedRecord, { saved }: Snapshot): Values =>
  fieldsShown(record, saved[record.name]?.text ?? '');

function judgeShown(scenario: Scenario<RoundWatched>, round: Round): void {
  for (const record of recordsOf(round, 'save')) {
    scenario.clause(
      clausesOfSaving(record),
      `${round.name}: before it, ${record.name} is shown as it was saved`,
      ({ arranged: { written } }) => {
        const shown = written.saved[record.name];
        const saved = numberedValues(record, savedNumber(round));
        shownBy([shown], () =>
          expectThat(`${record.name} saved`, {
            holds: showsValues(record, shown?.text, saved),
            expected: recordText(record, saved),
            got: shown?.text ?? shown?.final,
          }),
        );
        return Promise.resolve();
      },
      throughReadBackOf(record),
    );
  }

  for (const { clause, what, records } of erasuresOf(round)) {
    scenario.clause(
      clause,
      `${round.name}: before it, ${what} is no longer shown`,
      ({ arranged: { before, written } }) => {
        const judged = records.filter((record) => !isInUse(record, before.inUse, heldBy(record, before)));
        for (const record of judged) {
          const was = before.saved[record.name]?.text ?? '';
          const shown = written.saved[record.name];
          const left = showsAnyOf(record, shown?.text, fieldsShown(record, was));
          shownBy([shown], () =>
            expectThat(`${record.name} erased`, {
              holds: !left,
              expected: `nothing of ${withoutKey(record, was)}`,
              got: shown?.text,
            }),
          );
        }
        // A module may show what is in use for an erased record (CFG-QUERY-EMPTY); CFG-ERASE-APPLY judges it afterwards.
        if (judged.length === 0) notRun('cannot be seen: what was erased is still in use');
        return Promise.resolve();
      },
      records.every(isAccess) ? {} : throughReadBack,
    );
  }
}
