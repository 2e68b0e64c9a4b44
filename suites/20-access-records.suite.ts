import { access as note, clause, showsFields } from '../harness/jest/suite.ts';
import { hold } from './held.ts';
import { keyShownIn } from './key-shown.ts';
import { recordNamed } from './record-named.ts';
import { credentialsValues, serverValues } from './sample-values.ts';
import { credentials, otherCredentials, otherServer, server } from './samples.ts';

const smoke = { profile: 'smoke' } as const;

const records = {
  mode: recordNamed('QDMPCFG 0'),
  server: recordNamed('QDMPCFG 1'),
  credentials: recordNamed('QDMPCFG 2'),
};

const masked = (password: string): string => `${password.slice(0, 4)}****`;

clause(
  ['CFG-SAVE-0', 'CFG-QUERY-0', 'CFG-MODE-MEMBERS'],
  'saves each access mode, and reports the saved one',
  async ({ module }) => {
    for (const dmmode of [1, 0]) {
      await module.access.saveMode(dmmode);
      expect(await module.access.savedMode()).toMatchObject({ dmmode });
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
      expect(await module.access.savedServer()).toMatchObject(record);
    }
  },
  smoke,
);

clause(
  ['CFG-SAVE-2', 'CFG-QUERY-2', 'CFG-TML-MEMBERS'],
  'saves app key, private key, terminal type and IMEI, and reports the saved ones',
  async ({ module }) => {
    for (const tmlType of [0, 1, 2]) {
      const record = { ...(tmlType === 1 ? credentials : otherCredentials), tmlType };
      await module.access.saveCredentials(record);
      const { appKey, tmlImei } = record;
      const saved = await module.access.savedCredentials();
      expect(saved).toMatchObject({ appKey, tmlType, tmlImei });
      expect(saved.password.slice(0, 4)).toBe(record.password.slice(0, 4));
    }
  },
  smoke,
);

clause(
  'CFG-MASK',
  'shows no more of a private key than its first four characters',
  async ({ module }) => {
    for (const record of [credentials, { ...credentials, password: 'W3xYz9-0123456789-abcdefghij' }]) {
      await module.access.saveCredentials(record);
      for (const exchange of [await module.access.send.query(2), await module.access.send.read()]) {
        expect(keyShownIn(exchange.raw, record.password)).toBeUndefined();
      }
    }
    // The key in use may be another, which nobody knows: what follows its first four characters has to be asterisks.
    const { password } = (await module.access.read()).credentials;
    expect(password.slice(note.passwordShown)).toMatch(/^\**$/);
  },
  smoke,
);

clause('CFG-MASK-FORM', 'shows a key of eight characters as four and four asterisks', async ({ module }) => {
  await module.access.saveCredentials({ ...credentials, password: '95GoKey8' });
  expect((await module.access.savedCredentials()).password).toBe(masked('95GoKey8'));
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
  // None holds its default while the others are saved: the mode is saved first, as 0.
  await hold(module, records.server, serverValues(server));
  await hold(module, records.credentials, credentialsValues(credentials));
  await hold(module, records.mode, ['1']);
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
    expect(after[type]).not.toBe(before[type]);
    before[type] = after[type] ?? '';
    expect(after).toEqual(before);
  }
});

clause(
  'CFG-ERASE-0',
  'erasing the mode forgets the saved one, whichever it was',
  async ({ module }) => {
    const erased: string[] = [];
    for (const dmmode of [0, 1]) {
      await hold(module, records.mode, [String(dmmode)]);
      await module.access.erase(0);
      const { final, information } = await module.access.send.query(0);
      erased.push([...information, final.text].join('\n'));
    }
    // What an erased mode is shown as is open; what was saved may not shine through.
    expect(erased[0]).toEqual(erased[1]);
  },
  smoke,
);

clause(
  'CFG-ERASE-1',
  'erasing the server forgets address, port and period',
  async ({ module }) => {
    await hold(module, records.server, serverValues(otherServer));
    await module.access.erase(1);
    const { information } = await module.access.send.query(1);
    expect(information.join('\n')).not.toContain(otherServer.serverIP);
    expect(information.join('\n')).not.toContain(`,${otherServer.serverPort}`);
    expect(information.join('\n')).not.toContain(`,${otherServer.updatePeriod}`);
  },
  smoke,
);

clause(
  'CFG-ERASE-2',
  'erasing the credentials forgets keys, terminal type and IMEI',
  async ({ module }) => {
    await hold(module, records.credentials, credentialsValues(otherCredentials));
    await module.access.erase(2);
    const text = (await module.access.send.query(2)).information.join('\n');
    expect(text).not.toContain(otherCredentials.appKey);
    expect(text).not.toContain(otherCredentials.password.slice(0, 4));
    expect(text).not.toContain(otherCredentials.tmlImei);
  },
  smoke,
);

clause(
  'CFG-ERASE-4',
  'erasing all forgets all three records',
  async ({ module }) => {
    const { access } = module;
    const erased = async (): Promise<string> => (await access.send.query(0)).information.join('\n');
    await access.saveMode(0);
    await access.saveServer(otherServer);
    await access.saveCredentials(otherCredentials);
    await access.erase(4);
    const disabled = await erased();
    expect((await access.send.query(1)).information.join('\n')).not.toContain(otherServer.serverIP);
    expect((await access.send.query(2)).information.join('\n')).not.toContain(otherCredentials.appKey);
    // What an erased mode is shown as is open, so each of both is erased.
    await access.saveMode(1);
    await access.erase(4);
    expect(await erased()).toBe(disabled);
  },
  smoke,
);

clause(
  ['CFG-SAVE-2', 'CFG-QUERY-0', 'CFG-QUERY-1', 'CFG-QUERY-2', 'CFG-ERASE-4'],
  "the note's own examples",
  async ({ module, observe }) => {
    const { access } = module;
    await access.saveServer({ serverIP: '117.161.2.7', serverPort: 5683, updatePeriod: 420 });
    expect((await access.savedServer()).text).toMatch(/^1, *117\.161\.2\.7, *5683, *420$/);
    // The note saves a private key that is masked already; never judged for leaks.
    await access.saveCredentials({ ...credentials, password: '95Go****' });
    const { text } = await access.savedCredentials();
    expect(showsFields(text, ['2', 'M100000089', '95Go****', '1', '863703030822519'])).toBe(true);
    observe('CFG-QUERY-2.example', text);
    await access.erase(4);
    await access.saveMode(0);
    expect((await access.savedMode()).text).toMatch(/^0, *0$/);
  },
  smoke,
);
