import {
  accessStates,
  clause,
  inconclusive,
  readInUse,
  readRecord,
  scenario,
  shownBy,
  splitFields,
} from '../harness/jest/suite.ts';
import { expectRecord } from './records/expect-record.ts';
import { keyShownIn } from './records/key-shown.ts';
import {
  accessRecords,
  expectOk,
  lineInUse,
  recordNamed,
  saveCommand,
  showsValues,
  type Values,
} from './records/records.ts';
import { credentialsValues, serverValues } from './records/sample-values.ts';
import { credentials, otherServer, server } from './values/samples.ts';

const smoke = { profile: 'smoke' } as const;

clause(
  ['CFG-TEST', 'CFG-TEST-TEXT'],
  'the test form describes the parameters',
  async ({ module, observe }) => {
    const texts = await module.access.test();
    expect(texts.join('')).not.toBe('');
    observe('CFG-TEST-TEXT', texts.join(' / '));
    observe('CFG-TEST-TEXT.lines', String(texts.length));
  },
  smoke,
);

clause(
  'CFG-READ',
  'the read form answers three lines, for types 0, 1 and 2, whatever is in use',
  async ({ module }) => {
    const { information, final } = await module.access.send.read();
    const types = information.map((line) => /^\+QDMPCFG: (\d+),/.exec(line)?.[1]);
    expect({ types, final: final.kind }).toEqual({ types: ['0', '1', '2'], final: 'OK' });
  },
  smoke,
);

clause(
  'CFG-STATE',
  'the state form answers a state',
  async ({ module }) => {
    await module.access.state();
  },
  smoke,
);

clause(
  'CFG-STATE-SET',
  'the state is one of those of the note',
  async ({ module }) => {
    const { dmstate } = await module.access.state();
    expect([...accessStates.keys()]).toContain(dmstate);
  },
  smoke,
);

const theServer = recordNamed('QDMPCFG 1');

/** Values by record type. */
const valuesWith = (next: typeof server): readonly Values[] => [
  ['0'],
  serverValues(next),
  credentialsValues(credentials),
];

const saved = scenario({ reboot: 'soft', profile: 'smoke' }, async ({ module }) => {
  const found = await readInUse(module);
  // An interrupted run, or the first attempt of this test, may have left one of the two in use.
  const next = showsValues(theServer, lineInUse(found, theServer), serverValues(server))
    ? otherServer
    : server;
  const values = valuesWith(next);
  for (const record of accessRecords) await expectOk(module, saveCommand(record, values[record.type] ?? []));
  return { values, before: await readInUse(module) };
});

saved.clause(
  'CFG-READ-UNQUOTED',
  'the read form and the query form show values without quotes',
  async ({ module }) => {
    const { send } = module.access;
    for (const exchange of [
      await send.read(),
      await send.query(0),
      await send.query(1),
      await send.query(2),
    ]) {
      expect(exchange.information.join('\n')).not.toContain('"');
    }
  },
  { profile: 'nightly' },
);

saved.clause(
  'CFG-TYPE-MEMBERS',
  'types 0, 1, 2, 4, 5 and 6 exist',
  async ({ module }) => {
    // Saves with types 0, 1 and 2 were answered OK when the scenario was arranged.
    for (const option of [0, 1, 2]) {
      expect((await module.access.send.query(option)).final.kind).toBe('OK');
    }
    expect((await module.access.send.state()).final.kind).toBe('OK');
    // The erase comes into use only at a reboot: the following clauses still find the credentials in use.
    await module.access.erase(2);
  },
  smoke,
);

for (const record of accessRecords) {
  saved.clause(
    `CFG-READ-${record.type}`,
    `the read form shows all fields of a record of type ${record.type} in their order`,
    async ({ module, observe, arranged, attempt }) => {
      const inUse = await readInUse(module);
      const line = lineInUse(inUse, record);
      const values = arranged.values[record.type] ?? [];
      // A second attempt finds the values of the first in use, so it cannot expect a change.
      if (
        attempt === 1 &&
        line === lineInUse(arranged.before, record) &&
        !showsValues(record, line, values)
      ) {
        inconclusive('the values in use are not known: what was saved has not come into use (CFG-APPLY)');
      }
      expectRecord(record, inUse, values, line);
      const { blanks } = splitFields(line ?? '', record.fields + 1);
      observe(`CFG-READ.blanks-after-commas.${record.type}`, String(blanks));
    },
    smoke,
  );
}

saved.clause(
  ['CFG-APPLY', 'CFG-READ-ACTIVE'],
  'a saved server is in use after a reboot, and not before',
  async ({ module, arranged: { values, before } }) => {
    const wanted = values[theServer.type] ?? [];
    const was = lineInUse(before, theServer);
    shownBy([before], () =>
      expect({ was, wanted, inUse: showsValues(theServer, was, wanted) }).toMatchObject({ inUse: false }),
    );
    const after = await readInUse(module);
    expectRecord(theServer, after, wanted, lineInUse(after, theServer));
  },
  smoke,
);

saved.clause(
  'CFG-PERSIST',
  'a saved server is still saved after a reboot',
  async ({ module, arranged: { values } }) => {
    expectRecord(theServer, await readRecord(module, theServer), values[theServer.type] ?? []);
  },
  smoke,
);

saved.clause(
  'CFG-MASK',
  'shows no more of a private key in use than its first four characters',
  async ({ module }) => {
    const { raw } = await module.access.send.read();
    expect(keyShownIn(raw, credentials.password)).toBeUndefined();
  },
  smoke,
);
