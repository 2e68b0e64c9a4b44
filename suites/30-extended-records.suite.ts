import {
  arrangement,
  clause,
  expectNone,
  expectThat,
  extended,
  extendedRecords,
  notRun,
  readRecord,
  type SavedRecord,
  shownBy,
} from '../harness/jest/suite.ts';
import { expectVolteForgotten } from './records/erased.ts';
import { expectAnsweredOk, expectUnquoted } from './records/expect-answers.ts';
import { expectReported } from './records/expect-record.ts';
import { ensureSomeSaved } from './records/own-values.ts';
import { throughReadBack } from './records/record-clauses.ts';
import { recordNamed, recordText, showsAnyOf, showsValues, type Values } from './records/records.ts';
import { fieldsShown } from './records/snapshot-readings.ts';
import { extendedSamples, otherExtendedSamples } from './values/samples.ts';

const smoke = { profile: 'smoke' } as const;

/** Whether a field still reads as it did; short values (on, off) are compared in their place. */
const showsOld = (record: SavedRecord, held: Values, text: string | undefined): boolean =>
  showsAnyOf(record, text, held) ||
  (text !== undefined && fieldsShown(record, text).some((field, index) => field === held[index]));

const namesOf = (fields: readonly { readonly name: string }[]): string =>
  fields.map(({ name }) => name).join(', ');

clause(
  ['EX-TEST', 'EX-TEST-TEXT'],
  'the test form is answered',
  async ({ module, observe }) => {
    const texts = await module.extended.test();
    observe('EX-TEST-TEXT', texts.join(' / '));
    observe('EX-TEST-TEXT.lines', String(texts.length));
  },
  smoke,
);

// Erases come before saves, so that the following suites find saved values.
for (const { type, fields } of extendedRecords) {
  const record = recordNamed(`QDMPCFGEX ${type}`);

  clause(
    [`EX-ERASE-${type}`, 'EX-ACT-MEMBERS', 'EX-READ-EMPTY'],
    `erases ${namesOf(fields)}`,
    async ({ module, observe }) => {
      const held = await ensureSomeSaved(module, record, otherExtendedSamples[type]);
      await module.extended.erase(type);
      const { text, final } = await readRecord(module, record);
      expectThat(`${record.name} erased`, {
        holds: !showsAnyOf(record, text, held),
        expected: `nothing of ${recordText(record, held)}`,
        got: text,
      });
      observe(`EX-READ-EMPTY.${type}`, text ?? final);
    },
    { ...smoke, ...throughReadBack },
  );
}

clause(
  'EX-ERASE-4',
  'erasing the VoLTE state forgets the saved one, whichever it was',
  ({ module }) => expectVolteForgotten(module, 2),
  { ...smoke, ...throughReadBack },
);

/** Every field set to "NULL" over an older value: what the record held, the answer, and what it reads afterwards. */
const nulled = arrangement(smoke, async ({ module }) => {
  const tried = [];
  for (const { type, fields } of extendedRecords) {
    const record = recordNamed(`QDMPCFGEX ${type}`);
    const held = await ensureSomeSaved(module, record, otherExtendedSamples[type]);
    const nothing = fields.map(() => extended.none);
    const save = await module.extended.send.save(type, nothing);
    tried.push({ record, held, save, read: await readRecord(module, record) });
  }
  return tried;
});

nulled.clause('EX-NULL', '"NULL" is accepted for every field', ({ arranged }) => {
  const refused = arranged.filter(({ save }) => save.final.kind !== 'OK');
  shownBy(
    refused.map(({ save }) => save),
    () =>
      expectNone(
        'the answers to "NULL" in every field',
        refused.map(({ record, save }) => `${save.final.text} for ${record.name}`),
        'OK',
      ),
  );
  return Promise.resolve();
});

nulled.clause(
  'EX-NULL-CLEARS',
  'a field set to "NULL" no longer reads as its older value',
  ({ arranged }) => {
    const accepted = arranged.filter(({ save }) => save.final.kind === 'OK');
    const kept = accepted.filter(({ record, held, read }) => showsOld(record, held, read.text));
    shownBy(
      kept.map(({ read }) => read),
      () =>
        expectNone(
          'records that read as before once they were set to "NULL"',
          kept.map(({ record, read }) => `${record.name} reads ${read.text}`),
        ),
    );
    if (accepted.length === 0) notRun('no record could be set to "NULL"');
    return Promise.resolve();
  },
  throughReadBack,
);

nulled.clause('EX-NULL-READ', 'how a record set to "NULL" is read', ({ arranged, observe }) => {
  for (const { record, read } of arranged) observe(`EX-NULL-READ.${record.type}`, read.text ?? read.final);
  return Promise.resolve();
});

for (const { type, fields } of extendedRecords) {
  const record = recordNamed(`QDMPCFGEX ${type}`);

  const saved = arrangement(smoke, async ({ module }) => {
    // Values that are already there would prove nothing.
    const { text } = await readRecord(module, record);
    const values = showsValues(record, text, extendedSamples[type])
      ? otherExtendedSamples[type]
      : extendedSamples[type];
    return {
      values,
      save: await module.extended.send.save(type, values),
      read: await readRecord(module, record),
    };
  });

  saved.clause(
    [`EX-SAVE-${type}`, 'EX-TYPE-MEMBERS', 'EX-ACT-MEMBERS', 'EX-ARITY'],
    `accepts ${namesOf(fields)}`,
    ({ arranged: { save } }) => {
      expectAnsweredOk(save);
      return Promise.resolve();
    },
  );

  saved.clause(
    [`EX-SAVE-${type}`, `EX-READ-${type}`],
    `reads back ${namesOf(fields)} as they were just saved, byte for byte`,
    ({ arranged: { values, save, read } }) => {
      if (save.final.kind !== 'OK') notRun(`the save was answered ${save.final.text}: nothing was saved`);
      expectReported(record, read, values);
      return Promise.resolve();
    },
    { profile: 'smoke', ...throughReadBack },
  );
}

clause('EX-READ-UNQUOTED', 'values are read back without quotes', async ({ module }) => {
  for (const { type } of extendedRecords) {
    await ensureSomeSaved(module, recordNamed(`QDMPCFGEX ${type}`), extendedSamples[type]);
    expectUnquoted(await module.extended.send.read(type));
  }
});
