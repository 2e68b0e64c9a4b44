import { createAccess } from './access.ts';
import { createExtended } from './extended.ts';
import { fakeDmp } from './fake-dmp.fixture.ts';
import { ownAccount, rig } from './own-account.fixture.ts';
import { restore } from './restore.ts';
import { sameConfiguration, takeSnapshot } from './snapshot.ts';

const note = { 'QDMPCFG 1': '1,117.161.2.41,5683,86400' };
const held = { 'QDMPCFG 0': '0,0', 'QDMPCFG 2': ownAccount };

describe('a record that reads as before, though something else is saved in it', () => {
  test('is erased, where it held nothing', async () => {
    const unsaved = { 'QDMPCFG 1': ['+QDMPCFG: 1,117.161.2.41,5683,86400', 'OK'] };
    const dmp = fakeDmp(held, { unsaved });
    const before = await takeSnapshot(dmp);
    await createExtended(dmp).save(5, ['NULL']);
    await createAccess(dmp).saveServer({ serverIP: '117.161.2.41', serverPort: 5683, updatePeriod: 86400 });
    expect(sameConfiguration(before, await takeSnapshot(dmp))).toEqual([]);
    expect(await restore(dmp, before, rig)).toMatchObject({ written: ['QDMPCFG 2'] });
    expect(Object.fromEntries(dmp.saved)).toEqual(held);
  });

  test('is saved again, where it reads otherwise once it is erased', async () => {
    const saved = { ...held, ...note };
    const dmp = fakeDmp(saved);
    const before = await takeSnapshot(dmp);
    expect(await restore(dmp, before, rig)).toMatchObject({ written: ['QDMPCFG 1', 'QDMPCFG 2'] });
    expect(Object.fromEntries(dmp.saved)).toEqual(saved);
  });
});
