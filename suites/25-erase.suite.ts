import {
  answerTo,
  arrangement,
  expect,
  expectNone,
  expectThat,
  inconclusive,
  notRun,
  type SavedRecord,
  savedRecords,
  shownBy,
} from '../harness/jest/suite.ts';
import {
  describeChanges,
  erasedTwice,
  eraseEach,
  eraseSavedNumber,
  finalText,
  type Step,
  stepName,
} from './persistence/erase-pass.ts';
import { showsDefaults } from './persistence/judge-defaults.ts';
import { numberedValues } from './records/numbered-values.ts';
import { clauseOfErasing, clausesOfSaving, throughReadBackOf } from './records/record-clauses.ts';
import { isAccess, recordNamed, recordText, showsAnyOf, showsValues } from './records/records.ts';
import { fieldsShown, inUseText, withoutKey } from './records/snapshot-readings.ts';

const erased = arrangement({}, ({ module }) => eraseEach(module));

const stepsWith = (steps: readonly Step[], ...acts: readonly Step['act'][]): readonly Step[] =>
  steps.filter(({ act }) => acts.includes(act));

const stepOf = (steps: readonly Step[], act: Step['act'], record: SavedRecord): Step | undefined =>
  steps.find((step) => step.act === act && step.record === record);

/** Expects that steps changed nothing they must leave alone; inconclusive if one was refused. */
function expectSpared(steps: readonly Step[], spared: (step: Step, record: string) => boolean): void {
  const changed = describeChanges(steps, spared);
  shownBy(
    changed.flatMap(({ shown }) => shown),
    () =>
      expectNone(
        'changes in records that were not named',
        changed.map(({ text }) => text),
      ),
  );
  const refused = steps.filter((step) => finalText(step) !== 'OK').map(stepName);
  if (refused.length > 0) inconclusive(`refused: ${refused.join(', ')}`);
}

const families = [
  ['CFG', 'AT+QDMPCFG', isAccess],
  ['EX', 'AT+QDMPCFGEX', (record: SavedRecord) => !isAccess(record)],
] as const;

for (const [family, command, belongs] of families) {
  const own = savedRecords.filter(belongs).map(({ name }) => name);
  const ofOwn = ({ record }: Step): boolean => (record ? belongs(record) : family === 'CFG');
  const spares = ({ record }: Step, name: string): boolean => name !== record?.name && own.includes(name);

  erased.clause(
    `${family}-ERASE-ISOLATED`,
    `erasing one record of ${command} leaves its others as they were`,
    ({ arranged }) => {
      expectSpared(stepsWith(arranged, 'erase').filter(ofOwn), spares);
      return Promise.resolve();
    },
  );

  erased.clause(
    `${family}-SAVE-ISOLATED`,
    `saving one record of ${command} leaves its others as they were`,
    ({ arranged }) => {
      expectSpared(stepsWith(arranged, 'save', 'save over').filter(ofOwn), spares);
      return Promise.resolve();
    },
  );

  erased.clause(
    'CROSS-ISOLATED',
    `no save or erase of ${command} touches the records of the other command`,
    ({ arranged }) => {
      expectSpared(
        stepsWith(arranged, 'erase', 'save', 'save over', 'erase all').filter(ofOwn),
        (_, name) => name !== 'in use' && !own.includes(name),
      );
      return Promise.resolve();
    },
  );
}

/** Judges that a step's command was accepted, by its answer only. */
function judgeAccepted(
  clauses: readonly string[],
  title: string,
  act: Step['act'],
  record: SavedRecord,
): void {
  erased.clause(clauses, title, ({ arranged }) => {
    const step = stepOf(arranged, act, record);
    shownBy([step?.exchange], () =>
      expect(finalText(step), answerTo(step?.exchange.command ?? `the ${act} of ${record.name}`)).toEqual(
        'OK',
      ),
    );
    return Promise.resolve();
  });
}

for (const record of savedRecords) {
  judgeAccepted(
    clausesOfSaving(record).slice(0, 1),
    `${record.name} is accepted again once it was erased`,
    'save',
    record,
  );

  erased.clause(
    clausesOfSaving(record),
    `${record.name} reads as it was saved once it was erased`,
    ({ arranged }) => {
      const step = stepOf(arranged, 'save', record);
      const reading = step?.after.saved[record.name];
      const text = reading?.text;
      const values = numberedValues(record, eraseSavedNumber);
      shownBy([step?.exchange, reading], () =>
        expectThat(`${record.name} saved`, {
          holds: showsValues(record, text, values),
          expected: recordText(record, values),
          got: text ?? reading?.final,
        }),
      );
      return Promise.resolve();
    },
    throughReadBackOf(record),
  );
}

// Left out below: an erased access mode may be shown as 0 or 1 (clause CFG-QUERY-EMPTY).
const mode = recordNamed('QDMPCFG 0');

/** Expects that a record shows none of the values it held before its first erase. */
function expectGone(steps: readonly Step[], act: Step['act'], record: SavedRecord): void {
  const held = stepOf(steps, 'erase', record)?.before.saved[record.name]?.text ?? '';
  const step = stepOf(steps, act, record);
  const reading = step?.after.saved[record.name];
  const text = reading?.text;
  shownBy([step?.exchange, reading], () =>
    expectThat(`${record.name} erased`, {
      holds: !showsAnyOf(record, text, fieldsShown(record, held)),
      expected: `nothing of ${withoutKey(record, held)}`,
      got: text,
    }),
  );
}

for (const record of savedRecords.filter((each) => each !== mode)) {
  judgeAccepted([clauseOfErasing(record)], `the erase of ${record.name} is accepted`, 'erase', record);

  erased.clause(
    clauseOfErasing(record),
    `${record.name} is no longer shown once it was erased`,
    ({ arranged }) => {
      expectGone(arranged, 'erase', record);
      return Promise.resolve();
    },
    throughReadBackOf(record),
  );
}

for (const record of erasedTwice) {
  erased.clause(
    clauseOfErasing(record),
    `${record.name} stays erased when it is erased again`,
    ({ arranged }) => {
      expectGone(arranged, 'erase again', record);
      return Promise.resolve();
    },
    throughReadBackOf(record),
  );

  const id = isAccess(record) ? 'CFG-ERASE-EMPTY' : 'EX-ERASE-EMPTY';
  erased.clause(id, `what erasing ${record.name} answers where nothing is saved`, ({ arranged, observe }) => {
    observe(`${id}.${record.type}`, finalText(stepOf(arranged, 'erase again', record)));
    return Promise.resolve();
  });
}

erased.clause(
  'CFG-ERASE-EMPTY',
  'what erasing all answers where nothing, and where one record is saved',
  ({ arranged, observe }) => {
    for (const [act, key] of [
      ['erase all of none', 'nothing-saved'],
      ['erase all of one', 'mode-saved'],
    ] as const) {
      observe(`CFG-ERASE-EMPTY.4.${key}`, finalText(stepsWith(arranged, act)[0]));
    }
    return Promise.resolve();
  },
);

for (const [family, command, belongs] of families) {
  erased.clause(
    `${family}-OK-ALONE`,
    `successful saves and erases of ${command} answer OK and nothing else`,
    ({ arranged }) => {
      const own = arranged.filter(({ record }) => (record ? belongs(record) : family === 'CFG'));
      const more = own
        .map(({ exchange }) => exchange)
        .filter(({ final, information }) => final.kind === 'OK' && information.length > 0);
      shownBy(more, () =>
        expectNone(
          `information lines with OK to a save or an erase of ${command}`,
          more.map(({ information }) => information.join(' / ')),
        ),
      );
      return Promise.resolve();
    },
  );
}

erased.clause('CFG-READ-ACTIVE', 'no save changes what is in use', ({ arranged }) => {
  expectSpared(stepsWith(arranged, 'save', 'save over'), (_, name) => name === 'in use');
  return Promise.resolve();
});

erased.clause('CFG-ERASE-APPLY', 'no erase changes what is in use', ({ arranged }) => {
  const erases = stepsWith(arranged, 'erase', 'erase all');
  expectSpared(erases, (_, name) => name === 'in use');
  const wouldShow = erases.some(
    ({ record, before }) => record && isAccess(record) && !showsDefaults(record, inUseText(before, record)),
  );
  if (!wouldShow) notRun('cannot be seen: the default values were already in use before the erase');
  return Promise.resolve();
});

erased.clause('CFG-QUERY-EMPTY', 'what is shown of an erased record', ({ arranged, observe }) => {
  for (const { record, after } of stepsWith(arranged, 'erase')) {
    const shown = record && isAccess(record) ? after.saved[record.name] : undefined;
    if (!record || !shown) continue;
    const { text, final } = shown;
    observe(`CFG-QUERY-EMPTY.${record.type}`, text === undefined ? final : withoutKey(record, text));
  }
  return Promise.resolve();
});
