import { clause, extendedRecords, showsFields } from '../harness/jest/suite.ts';
import type { Exchange } from '../harness/jest/suite.ts';
import { holdSome } from './held.ts';
import { recordNamed } from './record-named.ts';
import { stillShows } from './records.ts';
import { extendedSamples, otherExtendedSamples } from './samples.ts';

const smoke = { profile: 'smoke' } as const;

const textOf = ({ information }: Exchange): string => information.join('\n').replace(/^\+QDMPCFGEX: /, '');

const namesOf = (fields: readonly { readonly name: string }[]): string =>
  fields.map(({ name }) => name).join(', ');

clause(
  ['EX-TEST', 'EX-TEST-TEXT'],
  'the test form answers one line',
  async ({ module, observe }) => {
    observe('EX-TEST-TEXT', await module.extended.test());
  },
  smoke,
);

// Erased before saved, so that what is saved last is there for the suites that follow.
for (const { type, fields } of extendedRecords) {
  const record = recordNamed(`QDMPCFGEX ${type}`);

  clause(
    [`EX-ERASE-${type}`, 'EX-ACT-MEMBERS', 'EX-READ-EMPTY'],
    `erases ${namesOf(fields)}`,
    async ({ module, observe }) => {
      const held = await holdSome(module, record, otherExtendedSamples[type]);
      await module.extended.erase(type);
      const exchange = await module.extended.send.read(type);
      const text = textOf(exchange);
      expect({ held, text, left: stillShows(record, text, held) }).toMatchObject({ left: false });
      observe(`EX-READ-EMPTY.${type}`, exchange.final.kind === 'OK' ? text : exchange.final.text);
    },
    smoke,
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
      observe(`EX-NULL-READ.${type}`, textOf(await module.extended.send.read(type)));
    }
  },
  smoke,
);

for (const { type, fields } of extendedRecords) {
  const [values, others] = [extendedSamples[type], otherExtendedSamples[type]];
  const shows = (text: string, fields: readonly string[]): boolean =>
    showsFields(text, [String(type), ...fields]);

  clause(
    [`EX-SAVE-${type}`, `EX-READ-${type}`, 'EX-READ-SAVED', 'EX-TYPE-MEMBERS', 'EX-ACT-MEMBERS', 'EX-ARITY'],
    `saves ${namesOf(fields)} and reads back what was saved, byte for byte`,
    async ({ module }) => {
      // What is there already says nothing of a save.
      const found = textOf(await module.extended.send.read(type));
      const saved = shows(found, values) ? others : values;
      await module.extended.save(type, saved);
      const { text } = await module.extended.read(type);
      expect({ saved, text, same: shows(text, saved) }).toMatchObject({ same: true });
    },
    smoke,
  );
}

clause('EX-READ-UNQUOTED', 'values are read back without quotes', async ({ module }) => {
  for (const { type } of extendedRecords) {
    await holdSome(module, recordNamed(`QDMPCFGEX ${type}`), extendedSamples[type]);
    expect((await module.extended.read(type)).text).not.toContain('"');
  }
});
