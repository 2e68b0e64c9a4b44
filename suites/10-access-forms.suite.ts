import {
  accessStates,
  clause,
  expect,
  expectThat,
  inconclusive,
  readInUse,
  readRecord,
  scenario,
  shownBy,
  splitFields,
} from '../harness/jest/suite.ts';
import { expectAnsweredOk, expectMasked, expectUnquoted } from './records/expect-answers.ts';
import { expectRecord } from './records/expect-record.ts';
import { saveLongKeys } from './records/long-keys.ts';
import {
  accessRecords,
  expectOk,
  isInUse,
  lineInUse,
  recordNamed,
  saveCommand,
  showsValues,
  type Values,
} from './records/records.ts';
import { serverValues } from './records/sample-values.ts';
import { longServers } from './values/samples.ts';

const smoke = { profile: 'smoke' } as const;

clause(
  ['CFG-TEST', 'CFG-TEST-TEXT'],
  'the test form describes the parameters',
  async ({ module, observe }) => {
    const texts = await module.access.test();
    expectThat('the answer to AT+QDMPCFG=?', {
      holds: texts.join('') !== '',
      expected: 'a text that describes the parameters',
      got: 'none',
    });
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
    const expected = { 'types of its lines': ['0', '1', '2'].join(', '), 'final result': 'OK' };
    expect({ 'types of its lines': types.join(', '), 'final result': final.text }, 'AT+QDMPCFG?').toEqual(
      expected,
    );
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
    expect(dmstate, 'the access state').toBeOneOf([...accessStates.keys()]);
  },
  smoke,
);

const theMode = recordNamed('QDMPCFG 0');
const theServer = recordNamed('QDMPCFG 1');
const theCredentials = recordNamed('QDMPCFG 2');

const saved = scenario({ reboot: 'soft', profile: 'smoke' }, async ({ module }) => {
  const found = await readInUse(module);
  // An interrupted run, or the first attempt of this test, may have left one of the two in use.
  const [first, second] = longServers.map(serverValues);
  const next = (isInUse(theServer, found, first ?? []) ? second : first) ?? [];
  // Access is disabled first: the address is no one's of 192.0.2.0/24.
  await expectOk(module, saveCommand(theMode, ['0']));
  await expectOk(module, saveCommand(theServer, next));
  const values: readonly Values[] = [['0'], next, await saveLongKeys(module)];
  const written = [];
  for (const record of accessRecords) written.push(await readRecord(module, record));
  return { values, before: await readInUse(module), written };
});

for (const [record, title] of [
  [theServer, 'an address of 15 characters, a port of 5 digits and a period of 7'],
  [theCredentials, 'long keys, and terminal type and IMEI beside them'],
] as const) {
  saved.clause(
    [`CFG-SAVE-${record.type}`, `CFG-QUERY-${record.type}`],
    `saves ${title}, and reports them whole`,
    ({ arranged: { values, written } }) => {
      expectRecord(record, written[record.type], values[record.type] ?? []);
      return Promise.resolve();
    },
    smoke,
  );
}

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
      expectUnquoted(exchange);
    }
  },
  { profile: 'nightly' },
);

// Before CFG-TYPE-MEMBERS, which erases the credentials.
saved.clause(
  'CFG-PERSIST',
  'mode 0, an address of 15 characters and long keys are still saved after a reboot',
  async ({ module, arranged: { values } }) => {
    for (const record of accessRecords) {
      expectRecord(record, await readRecord(module, record), values[record.type] ?? []);
    }
  },
  smoke,
);

saved.clause(
  'CFG-TYPE-MEMBERS',
  'types 0, 1, 2, 4, 5 and 6 exist',
  async ({ module }) => {
    // Saves with types 0, 1 and 2 were answered OK when the scenario was arranged.
    for (const option of [0, 1, 2]) {
      expectAnsweredOk(await module.access.send.query(option));
    }
    expectAnsweredOk(await module.access.send.state());
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
      expectThat('the server in use before the reboot', {
        holds: !showsValues(theServer, was, wanted),
        expected: 'another than the one just saved',
        got: was,
      }),
    );
    const after = await readInUse(module);
    expectRecord(theServer, after, wanted, lineInUse(after, theServer));
  },
  smoke,
);

saved.clause(
  'CFG-MASK',
  'shows no more of a private key in use than its first four characters',
  async ({ module, arranged: { values } }) => {
    const { raw } = await module.access.send.read();
    const [, password = ''] = values[theCredentials.type] ?? [];
    expectMasked(raw, password);
  },
  smoke,
);
