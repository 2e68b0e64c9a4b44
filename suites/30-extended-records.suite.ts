import { arrangement, clause, extendedRecords, notRun, readRecord, shownBy } from '../harness/jest/suite.ts';
import { expectReported } from './records/expect-record.ts';
import { ensureSomeSaved } from './records/own-values.ts';
import { throughReadBack } from './records/record-clauses.ts';
import { recordNamed, showsAnyOf, showsValues } from './records/records.ts';
import { informationText } from './values/open-inputs.ts';
import { extendedSamples, otherExtendedSamples } from './values/samples.ts';

const smoke = { profile: 'smoke' } as const;

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
      expect({ held, text, left: showsAnyOf(record, text, held) }).toMatchObject({ left: false });
      observe(`EX-READ-EMPTY.${type}`, text ?? final);
    },
    { ...smoke, ...throughReadBack },
  );
}

clause(
  'EX-NULL',
  '"NULL" is accepted for every field',
  async ({ module, observe }) => {
    for (const { type, fields } of extendedRecords) {
      await module.extended.save(
        type,
        fields.map(() => 'NULL'),
      );
      observe(`EX-NULL-READ.${type}`, informationText(await module.extended.send.read(type)));
    }
  },
  smoke,
);

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
      shownBy([save], () => expect(save.final.text).toBe('OK'));
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
    expect((await module.extended.read(type)).text).not.toContain('"');
  }
});
