import { clause, expect, readRecord } from '../harness/jest/suite.ts';
import {
  ERASED_MODE,
  expectGone,
  saved,
  shownOf,
  unusedCredentials,
  unusedServer,
} from './records/erased.ts';
import { expectReported } from './records/expect-record.ts';
import { recordNamed } from './records/records.ts';
import { credentialsValues, serverValues } from './records/sample-values.ts';
import { credentials, otherCredentials, otherServer } from './values/samples.ts';

const smoke = { profile: 'smoke' } as const;

const theMode = recordNamed('QDMPCFG 0');
const theServer = recordNamed('QDMPCFG 1');
const theCredentials = recordNamed('QDMPCFG 2');

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
    expect(erased[1], ERASED_MODE).toEqual(erased[0]);
  },
  smoke,
);

clause(
  'CFG-ERASE-1',
  'erasing the server forgets address, port and period',
  async ({ module }) => {
    const values = await unusedServer(module);
    await saved(module, theServer, values);
    await module.access.erase(1);
    await expectGone(module, theServer, values);
  },
  smoke,
);

clause(
  'CFG-ERASE-2',
  'erasing the credentials forgets keys, terminal type and IMEI',
  async ({ module }) => {
    const erased: string[] = [];
    const values = await unusedCredentials(module);
    // Two terminal types, because an erased record may be shown with one of them.
    for (const each of [credentialsValues(credentials), values]) {
      await saved(module, theCredentials, each);
      await module.access.erase(2);
      erased.push(await shownOf(module, 2));
    }
    await expectGone(module, theCredentials, values);
    // The reading must not depend on the saved credentials.
    expect(erased[1], 'erased credentials, whichever were saved').toEqual(erased[0]);
  },
  smoke,
);

clause(
  'CFG-ERASE-4',
  'erasing all forgets all three records',
  async ({ module }) => {
    const server = await unusedServer(module);
    const keys = await unusedCredentials(module);
    const erased: string[] = [];
    // It is open how an erased mode is shown, so both modes are tried. All three are saved each time, since it is open
    // what the erase answers where one is empty (CFG-ERASE-EMPTY).
    for (const dmmode of [0, 1]) {
      await module.access.saveMode(dmmode);
      await saved(module, theServer, server);
      await saved(module, theCredentials, keys);
      await module.access.erase(4);
      erased.push(await shownOf(module, 0));
      await expectGone(module, theServer, server);
      await expectGone(module, theCredentials, keys);
    }
    expect(erased[1], ERASED_MODE).toEqual(erased[0]);
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
    // Replayed on saved records: CFG-ERASE-EMPTY.
    await module.access.saveMode(0);
    await module.access.saveServer(otherServer);
    await module.access.saveCredentials(otherCredentials);
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
