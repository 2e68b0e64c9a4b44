import { clause, readRecord, type TestModule } from '../harness/jest/suite.ts';
import { expectReported } from './records/expect-record.ts';
import { recordNamed } from './records/records.ts';
import { credentialsValues, serverValues } from './records/sample-values.ts';
import { credentials, otherCredentials, otherServer } from './values/samples.ts';

const smoke = { profile: 'smoke' } as const;

const theMode = recordNamed('QDMPCFG 0');
const theServer = recordNamed('QDMPCFG 1');
const theCredentials = recordNamed('QDMPCFG 2');

/** The whole answer to `=4,n`, final result included, because it is open how an erased record is shown. */
async function shownOf(module: TestModule, option: 0 | 1 | 2): Promise<string> {
  const { final, information } = await module.access.send.query(option);
  return [...information, final.text].join('\n');
}

// Each test saves what it erases, because the note does not say what erasing an empty record answers.

clause(
  'CFG-ERASE-0',
  'erasing the mode forgets the saved one, whichever it was',
  async ({ module }) => {
    const erased: string[] = [];
    for (const dmmode of [0, 1]) {
      await module.access.saveMode(dmmode);
      await module.access.erase(0);
      erased.push(await shownOf(module, 0));
    }
    // It is open how an erased mode is shown, but it must not depend on the saved mode.
    expect(erased[0]).toEqual(erased[1]);
  },
  smoke,
);

clause(
  'CFG-ERASE-1',
  'erasing the server forgets address, port and period',
  async ({ module }) => {
    await module.access.saveServer(otherServer);
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
    const erased: string[] = [];
    // Two terminal types, because an erased record may be shown with one of them.
    for (const saved of [credentials, otherCredentials]) {
      await module.access.saveCredentials(saved);
      await module.access.erase(2);
      erased.push(await shownOf(module, 2));
    }
    expect(erased[1]).not.toContain(otherCredentials.appKey);
    expect(erased[1]).not.toContain(otherCredentials.password.slice(0, 4));
    expect(erased[1]).not.toContain(otherCredentials.tmlImei);
    // The reading must not depend on the saved credentials.
    expect(erased[0]).toEqual(erased[1]);
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
    // It is open how an erased mode is shown, so both modes are tried.
    await access.saveMode(1);
    await access.erase(4);
    expect(await erased()).toBe(disabled);
  },
  smoke,
);

clause(
  ['CFG-SAVE-1', 'CFG-QUERY-1'],
  "the note's own example of a server",
  async ({ module }) => {
    const example = { serverIP: '117.161.2.7', serverPort: 5683, updatePeriod: 420 };
    await module.access.saveServer(example);
    expectReported(theServer, await readRecord(module, theServer), serverValues(example));
  },
  smoke,
);

clause(
  ['CFG-SAVE-2', 'CFG-QUERY-2'],
  "the note's own example of credentials",
  async ({ module, observe }) => {
    // The note's example saves a key that is already masked, so it is not judged for leaks.
    const example = { ...credentials, password: '95Go****' };
    await module.access.saveCredentials(example);
    const shown = await readRecord(module, theCredentials);
    expectReported(theCredentials, shown, credentialsValues(example));
    observe('CFG-QUERY-2.example', shown.text ?? shown.final);
  },
  smoke,
);

clause(
  'CFG-ERASE-4',
  "the note's own example of erasing all",
  async ({ module }) => {
    await module.access.saveServer(otherServer);
    await module.access.erase(4);
  },
  smoke,
);

// Last, so that access is disabled: the module must not contact the default server at its next start.
clause(
  ['CFG-SAVE-0', 'CFG-QUERY-0'],
  "the note's own example of an access mode",
  async ({ module }) => {
    await module.access.saveMode(0);
    expectReported(theMode, await readRecord(module, theMode), ['0']);
  },
  smoke,
);
