import { expectThat, notRun, type SavedRecord, type Scenario } from '../../harness/jest/suite.ts';
import { expectRecord } from '../records/expect-record.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { ownValuesIn, showsAnyNumbered } from '../records/own-values.ts';
import { clauseOfErasing, clausesOfSaving } from '../records/record-clauses.ts';
import { isAccess, recordText, showsAnyOf, showsValues } from '../records/records.ts';
import { fieldsShown, sameFields, withoutKey } from '../records/snapshot-readings.ts';
import { type RoundArranged } from './arrange-round.ts';
import { expectInUseReadings, expectSavedReadings } from './expect-readings.ts';
import { defaultText, showsDefaults } from './judge-defaults.ts';
import { erasuresOf, leftErased, recordsOf, type Round, savedNumber } from './rounds.ts';

type RoundScenario = Scenario<RoundArranged>;

/**
 * The clauses that a round judges. The note speaks of a reboot, which a soft reset is. That the other kinds count as
 * reboots is inferred, so they judge inferred clauses only.
 */
const clausesFor = ({ kind }: Round, stated: readonly string[], inferred: readonly string[]): string[] =>
  kind === 'soft' ? [...stated, ...inferred] : [...inferred];

/**
 * Whether a record that a round leaves alone is empty because an earlier round erased it. That round may not have been
 * run, so the reading right before the reboot is checked too. How an empty record is shown is open and may change at
 * each reboot (clauses CFG-QUERY-EMPTY and EX-READ-EMPTY).
 */
const holdsNothing = (round: Round, { keptReadings }: RoundArranged, record: SavedRecord): boolean =>
  leftErased(round).includes(record) && ownValuesIn(record, keptReadings[record.name]?.text) === undefined;

/** The values that a round saved. */
const asSaved = (round: Round) => ({
  kind: round.kind,
  right: (record: SavedRecord, text: string | undefined): boolean =>
    showsValues(record, text, numberedValues(record, savedNumber(round))),
  words: (record: SavedRecord): string => recordText(record, numberedValues(record, savedNumber(round))),
});

const nothingErased = (): string => 'nothing of what was erased';

/** Judges that records saved in this round or an earlier one still hold their values after the reboot. */
export function judgeSaved(scenario: RoundScenario, round: Round): void {
  const families = [
    ['AT+QDMPCFG', isAccess, ['CFG-PERSIST'], ['CFG-PERSIST-KINDS']],
    ['AT+QDMPCFGEX', (record: SavedRecord) => !isAccess(record), ['EX-PERSIST'], ['EX-PERSIST-KINDS']],
  ] as const;
  for (const [command, belongs, stated, inferred] of families) {
    const saved = recordsOf(round, 'save').filter(belongs);
    const left = recordsOf(round, 'keep').filter(belongs);
    if ([...saved, ...left].every((record) => leftErased(round).includes(record))) continue;
    scenario.clause(
      clausesFor(round, stated, inferred),
      `${round.name}: what ${command} saved survives`,
      async ({ module, arranged }) => {
        const others = left.filter((record) => !holdsNothing(round, arranged, record));
        const found = await module.snapshot();
        expectSavedReadings(found, saved, asSaved(round));
        expectSavedReadings(found, others, {
          right: ({ name }, text) => text === arranged.keptReadings[name]?.text,
          words: ({ name }) => arranged.keptReadings[name]?.text ?? 'none',
          kind: round.kind,
        });
      },
    );
  }
  if (round.kind === 'soft') judgeExtended(scenario, round);
}

/**
 * Judges each extended record after the reboot. Only an example shows that a save can be read back without a reboot,
 * so a firmware that shows it only after a reboot is judged here.
 */
function judgeExtended(scenario: RoundScenario, round: Round): void {
  for (const record of recordsOf(round, 'save').filter((each) => !isAccess(each))) {
    scenario.clause(
      [...clausesOfSaving(record), 'EX-PERSIST'],
      `${round.name}: ${record.name} is shown as it was saved`,
      async ({ module }) => {
        const { saved } = await module.snapshot();
        expectRecord(record, saved[record.name], numberedValues(record, savedNumber(round)));
      },
    );
  }
}

/** Judges that erased values do not come back, and observes how an erased record is shown. */
export function judgeErased(scenario: RoundScenario, round: Round): void {
  for (const { clause, what, records } of erasuresOf(round)) {
    scenario.clause(
      clausesFor(round, [clause], [records.every(isAccess) ? 'CFG-PERSIST-KINDS' : 'EX-PERSIST-KINDS']),
      `${round.name}: ${what} stays erased`,
      async ({ module, arranged: { before } }) => {
        const gone = (record: SavedRecord, text: string | undefined) =>
          !showsAnyOf(record, text, fieldsShown(record, before.saved[record.name]?.text ?? ''));
        expectSavedReadings(await module.snapshot(), records, {
          right: gone,
          words: nothingErased,
          kind: round.kind,
        });
      },
    );
  }

  for (const record of leftErased(round)) {
    scenario.clause(
      clausesFor(
        round,
        [clauseOfErasing(record)],
        [isAccess(record) ? 'CFG-PERSIST-KINDS' : 'EX-PERSIST-KINDS'],
      ),
      `${round.name}: ${record.name}, erased before the last reboot, stays erased`,
      async ({ module, arranged }) => {
        if (!holdsNothing(round, arranged, record))
          notRun('the earlier round that erases this record was not run');
        expectSavedReadings(await module.snapshot(), [record], {
          right: (_, text) => !showsAnyNumbered(record, text),
          words: nothingErased,
          kind: round.kind,
        });
      },
    );
  }

  const erased = recordsOf(round, 'erase', 'erase all');
  if (round.kind !== 'soft' || erased.length === 0) return;
  scenario.clause(
    ['CFG-QUERY-EMPTY', 'EX-READ-EMPTY'],
    `${round.name}: how an erased record is shown after it`,
    async ({ module, observe }) => {
      const { saved } = await module.snapshot();
      for (const record of erased) {
        const { text, final = '' } = saved[record.name] ?? {};
        const id = isAccess(record) ? 'CFG-QUERY-EMPTY' : 'EX-READ-EMPTY';
        const shown = text === undefined ? final : withoutKey(record, text);
        observe(`${id}.${record.type}.after-reboot`, shown);
      }
    },
  );
}

/** Judges that saved values are in use, and the defaults for erased records; also after a second reboot. */
export function judgeInUse(scenario: RoundScenario, round: Round): void {
  const saved = recordsOf(round, 'save').filter(isAccess);
  const erased = recordsOf(round, 'erase', 'erase all').filter(isAccess);
  const left = recordsOf(round, 'keep').filter(isAccess);
  const leftEmpty = leftErased(round).filter(isAccess);

  if (saved.length + left.length > leftEmpty.length) {
    scenario.clause(
      round.kind === 'soft' ? ['CFG-APPLY', 'CFG-READ-ACTIVE'] : ['CFG-PERSIST-KINDS'],
      `${round.name}: what was saved is in use`,
      async ({ module, arranged }) => {
        const found = await module.snapshot();
        expectInUseReadings(found, saved, asSaved(round));
        const others = left.filter((record) => !holdsNothing(round, arranged, record));
        expectInUseReadings(found, others, {
          right: (record, text = '') =>
            sameFields(record, text, arranged.keptReadings[record.name]?.text ?? ''),
          words: ({ name }) => arranged.keptReadings[name]?.text ?? 'none',
          kind: round.kind,
        });
      },
    );
  }

  if (erased.length + leftEmpty.length === 0) return;
  scenario.clause(
    'CFG-ERASE-APPLY',
    `${round.name}: what was erased is no longer in use, but the defaults`,
    async ({ module, arranged }) => {
      const found = await module.snapshot();
      expectInUseReadings(found, erased, {
        right: (record, text = '') =>
          showsDefaults(record, text) &&
          !showsAnyOf(record, text, fieldsShown(record, arranged.before.saved[record.name]?.text ?? '')),
        words: defaultText,
        kind: round.kind,
      });
      const others = leftEmpty.filter((record) => holdsNothing(round, arranged, record));
      expectInUseReadings(found, others, {
        right: (record, text = '') => showsDefaults(record, text) && !showsAnyNumbered(record, text),
        words: defaultText,
        kind: round.kind,
      });
    },
  );
}

/** Judges that the module came back and booted no more than once. */
export function judgeBoot(scenario: Scenario<unknown>, name: string): void {
  scenario.clause('BOOT-ALIVE', `${name}: the module is back, and boots once`, ({ boot }) => {
    // Zero is no failure: a firmware may print no boot text.
    expectThat('boots at one reboot', { holds: boot.boots <= 1, expected: '1', got: boot.boots });
    return Promise.resolve();
  });
}
