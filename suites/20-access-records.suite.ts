import {
  arrangement,
  clause,
  expect,
  expectNone,
  expectThat,
  notRun,
  readInUse,
  readRecord,
  shownBy,
} from '../harness/jest/suite.ts';
import { expectMasked } from './records/expect-answers.ts';
import { expectRecord, expectReported } from './records/expect-record.ts';
import { keyForm } from './records/key-form.ts';
import { ensureSaved } from './records/own-values.ts';
import { recordNamed } from './records/records.ts';
import { credentialsValues, serverValues } from './records/sample-values.ts';
import { credentials, otherCredentials, otherServer, server } from './values/samples.ts';

const smoke = { profile: 'smoke' } as const;

const records = {
  mode: recordNamed('QDMPCFG 0'),
  server: recordNamed('QDMPCFG 1'),
  credentials: recordNamed('QDMPCFG 2'),
};

clause(
  ['CFG-SAVE-0', 'CFG-QUERY-0', 'CFG-MODE-MEMBERS'],
  'saves each access mode, and reports the saved one',
  async ({ module }) => {
    for (const dmmode of [1, 0]) {
      await module.access.saveMode(dmmode);
      expect(await module.access.savedMode(), 'QDMPCFG 0 saved').toMatchObject({ dmmode });
    }
  },
  smoke,
);

clause(
  ['CFG-SAVE-1', 'CFG-QUERY-1'],
  'saves server address, port and update period, and reports the saved ones',
  async ({ module }) => {
    for (const record of [otherServer, server]) {
      await module.access.saveServer(record);
      expect(await module.access.savedServer(), 'QDMPCFG 1 saved').toMatchObject(record);
    }
  },
  smoke,
);

clause(
  'CFG-IP-UNQUOTED',
  'takes a server address without quotes',
  async ({ module }) => {
    // Saved in the form that the module takes, without quotes first.
    const { command } = await module.access.saveServer(server);
    expectThat('the server address', {
      holds: !command.includes('"'),
      expected: 'OK without quotes',
      got: `OK to ${command} only`,
    });
  },
  smoke,
);

clause(
  'CFG-IMEI-UNQUOTED',
  'takes a terminal IMEI without quotes',
  async ({ module }) => {
    const { command } = await module.access.saveCredentials(credentials);
    expectThat('the terminal IMEI', {
      holds: !/"\d+"$/.test(command),
      expected: 'OK without quotes',
      got: 'OK in quotes only',
    });
  },
  smoke,
);

/** Saves credentials with each terminal type: the answer to each save, and the reading after it. */
const eachTerminalType = arrangement(smoke, async ({ module }) => {
  const tried = [];
  for (const tmlType of [0, 1, 2]) {
    const record = { ...(tmlType === 1 ? credentials : otherCredentials), tmlType };
    const save = await module.access.send.credentials(record);
    tried.push({ record, save, shown: await readRecord(module, records.credentials) });
  }
  return tried;
});

eachTerminalType.clause(
  'CFG-TML-MEMBERS',
  'accepts terminal types 0, 1 and 2',
  ({ arranged }) => {
    const refused = arranged.filter(({ save }) => save.final.kind !== 'OK');
    const answers = refused.map(({ record, save }) => `${save.final.text} to ${record.tmlType}`);
    shownBy(
      refused.map(({ save }) => save),
      () => expectNone('the answers to terminal types 0, 1 and 2', answers, 'OK'),
    );
    return Promise.resolve();
  },
  smoke,
);

eachTerminalType.clause(
  ['CFG-SAVE-2', 'CFG-QUERY-2'],
  'saves app key, private key, terminal type and IMEI, and reports the saved ones',
  ({ arranged }) => {
    // CFG-TML-MEMBERS judges refused terminal types; here only at least one must be accepted.
    const accepted = arranged.filter(({ save }) => save.final.kind === 'OK');
    expectThat('terminal types accepted', {
      holds: accepted.length > 0,
      expected: 'at least one',
      got: 'none',
    });
    for (const { record, shown } of accepted) {
      expectReported(records.credentials, shown, credentialsValues(record));
    }
    return Promise.resolve();
  },
  smoke,
);

/** Characters of a private key: none stands twice within 33, so that any five in a row say where they come from. */
const keyText = 'Wq3xYz9Q0AbCdEfGhIjKlMnOpRsTuVv7125468';

/** Lengths around those at which public firmware cuts or masks a key. */
const maskedLengths = [5, 6, 7, 8, 11, 12, 16, 28, 32, 33] as const;

for (const [profile, lengths] of [
  ['smoke', maskedLengths.filter((length) => length === 12 || length === 28)],
  ['nightly', maskedLengths.filter((length) => length !== 12 && length !== 28)],
] as const) {
  /** What is shown, and in use, after a key of each length that the module takes was saved. */
  const eachLength = arrangement({ profile }, async ({ module }) => {
    const tried = [];
    for (const length of lengths) {
      const record = { ...credentials, password: keyText.slice(0, length) };
      // How long a key may be is open (CFG-KEY-LENGTH).
      const { final } = await module.access.send.credentials(record);
      if (final.kind !== 'OK') continue;
      const shown = await readRecord(module, records.credentials);
      tried.push({ record, shown, inUse: await readInUse(module) });
    }
    return tried;
  });
  const whyUnjudged = 'the module took a private key of none of these lengths';
  const characters = `${lengths.join(', ')} characters`;

  eachLength.clause(
    'CFG-MASK',
    `shows no more of a private key than its first four characters: ${characters}`,
    ({ arranged }) => {
      if (arranged.length === 0) notRun(whyUnjudged);
      const readings = arranged.flatMap(({ record: { password }, shown, inUse }) =>
        [shown, inUse].map((reading) => ({ password, reading })),
      );
      if (readings.every(({ reading }) => reading.text === undefined)) notRun('every query was refused');
      for (const { password, reading } of readings)
        shownBy([reading], () => expectMasked(reading.text ?? '', password));
      return Promise.resolve();
    },
  );

  eachLength.clause(
    ['CFG-SAVE-2', 'CFG-QUERY-2'],
    `saves app key, terminal type and IMEI whole beside a private key of ${characters}`,
    ({ arranged }) => {
      if (arranged.length === 0) notRun(whyUnjudged);
      for (const { record, shown } of arranged)
        expectRecord(records.credentials, shown, credentialsValues(record));
      return Promise.resolve();
    },
  );
}

clause('CFG-MASK-FORM', 'shows a key of eight characters as four and four asterisks', async ({ module }) => {
  await module.access.saveCredentials({ ...credentials, password: '95GoKey8' });
  const { password } = await module.access.savedCredentials();
  expect(password, 'a private key of eight characters as shown').toEqual(keyForm('95GoKey8'));
});

clause('CFG-MASK-COUNT', 'how keys of other lengths are shown', async ({ module, observe }) => {
  for (const password of ['A', 'AbC', 'AbCd', 'AbCdE', 'AbCdEf-1234', 'AbCdEf-1234567890123456789012345']) {
    const { final } = await module.access.send.credentials({ ...credentials, password });
    const shown = final.kind === 'OK' ? (await module.access.savedCredentials()).password : final.text;
    observe(`CFG-MASK-COUNT.${password.length}`, shown);
  }
});

clause('CFG-SAVE-ISOLATED', 'saving one record leaves the two others as they were', async ({ module }) => {
  const { access } = module;
  // No record may hold its default while another is saved. The mode is saved first, as 0: its default is 1.
  await ensureSaved(module, records.server, serverValues(server));
  await ensureSaved(module, records.credentials, credentialsValues(credentials));
  await ensureSaved(module, records.mode, ['1']);
  const texts = async () => [
    (await access.savedMode()).text,
    (await access.savedServer()).text,
    (await access.savedCredentials()).text,
  ];
  const before = await texts();
  const saves = [
    () => access.saveMode(0),
    () => access.saveServer(otherServer),
    () => access.saveCredentials(otherCredentials),
  ];
  for (const [type, save] of saves.entries()) {
    await save();
    const after = await texts();
    expectThat(`QDMPCFG ${type} saved`, {
      holds: after[type] !== before[type],
      expected: 'other values than before the save',
      got: after[type],
    });
    for (const [other, text] of after.entries())
      if (other !== type)
        expect(text, `QDMPCFG ${other} after a save of QDMPCFG ${type}`).toEqual(before[other] ?? '');
    before[type] = after[type] ?? '';
  }
});
