import { createAccess } from './access.ts';
import { createExtended } from './extended.ts';
import { type FakeDmp, fakeDmp } from './fake-dmp.fixture.ts';
import { ownAccount, rig } from './own-account.fixture.ts';
import { restore } from './restore.ts';
import { takeSnapshot } from './snapshot.ts';

const held = {
  'QDMPCFG 0': '0,0',
  'QDMPCFG 1': '1,203.0.113.5,5683,3600',
  'QDMPCFG 2': ownAccount,
  'QDMPCFGEX 0': '0,Meter|1.0|12|34',
  'QDMPCFGEX 3': '3,SW 7,Customer',
};

/** A module in which commands of a form remove other records as well, after a run has written all of them. */
async function disturbed(form: RegExp, removes: readonly string[]) {
  const dmp = fakeDmp(held);
  const at = async (command: string) => {
    if (form.test(command)) for (const name of removes) dmp.saved.delete(name);
    return dmp.at(command);
  };
  const module: FakeDmp = { ...dmp, at };
  const before = await takeSnapshot(module);
  await createAccess(dmp).saveServer({ serverIP: '192.0.2.99', serverPort: 1, updatePeriod: 300 });
  await createExtended(dmp).save(1, ['00-01-6C-06-A6-29']);
  await createExtended(dmp).save(3, ['other', 'text']);
  await createExtended(dmp).save(5, ['1', '2', 'OTDOA']);
  return { module, before };
}

describe('on a firmware whose commands change other records', () => {
  test.each([
    ['an extended erase erases all', /^AT\+QDMPCFGEX=\d,2$/, ['QDMPCFGEX 0', 'QDMPCFGEX 1', 'QDMPCFGEX 3']],
    ['a save of the credentials forgets the server', /^AT\+QDMPCFG=2,/, ['QDMPCFG 1']],
    ['a save of the server forgets the mode', /^AT\+QDMPCFG=1,/, ['QDMPCFG 0']],
  ])('%s: what the restore itself has changed is put back, too', async (_, form, removes) => {
    const { module, before } = await disturbed(form, removes);
    const { written } = await restore(module, before, rig);
    expect(Object.fromEntries(module.saved)).toEqual(held);
    expect(new Set(written).size).toBe(written.length);
  });

  test('records that forget each other are named, as a failure', async () => {
    const { module, before } = await disturbed(/^AT\+QDMPCFGEX=[03],0/, ['QDMPCFGEX 0', 'QDMPCFGEX 3']);
    await expect(restore(module, before, rig)).rejects.toMatchObject({
      code: 'RESTORE_FAILED',
      message: expect.stringMatching(
        /QDMPCFGEX [03] was "[03],.*each time that other records are put back/,
      ) as string,
      remedy: expect.stringMatching(/AT\+QDMPCFGEX=[03],0,/) as string,
    });
  });
});

test('a module that was not changed is read once', async () => {
  const dmp = fakeDmp({ 'QDMPCFG 1': held['QDMPCFG 1'] });
  const before = await takeSnapshot(dmp);
  const read = dmp.commands.length;
  await restore(dmp, before, { ...rig, mayHaveSaved: () => false });
  expect(dmp.commands.slice(read).filter((command) => command === 'AT+QDMPCFG=4,1')).toHaveLength(1);
});
