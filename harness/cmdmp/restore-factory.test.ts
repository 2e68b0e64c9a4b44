import { createAccess } from './access.ts';
import { fakeDmp } from './fake-dmp.fixture.ts';
import { foreignAccount, rig } from './own-account.fixture.ts';
import { restore } from './restore.ts';
import { sameConfiguration, takeSnapshot } from './snapshot.ts';

describe('a module that has no credentials saved', () => {
  const builtIn = ['+QDMPCFG: 2,M100000089,95Go****,0,863703030822519', 'OK'];
  const factory = { ...rig, credentials: 'factory' } as const;
  const key = { appKey: 'M100000089', password: '95GoKey8', tmlType: 0, tmlImei: '863703030822519' };

  test('has them erased, though a key that a test saved reads the same; nothing is lost', async () => {
    const dmp = fakeDmp({}, { unsaved: { 'QDMPCFG 2': builtIn } });
    const before = await takeSnapshot(dmp);
    await createAccess(dmp).saveCredentials(key);
    expect(sameConfiguration(before, await takeSnapshot(dmp))).toEqual([]);
    const restored = await restore(dmp, before, factory);
    expect(restored).toMatchObject({ written: ['QDMPCFG 2'], lost: [], shownOtherwise: [] });
    expect([...dmp.saved]).toEqual([]);
  });

  test('is told if it then shows something else: they may have been saved', async () => {
    const dmp = fakeDmp({ 'QDMPCFG 2': foreignAccount });
    const before = await takeSnapshot(dmp);
    const { lost, shownOtherwise } = await restore(dmp, before, factory);
    expect(lost).toEqual([]);
    expect(shownOtherwise).toEqual([
      '"2,M200000001,77Ab****,0,863703030822519" before, "2,NULL,NULL,NULL,NULL" now',
    ]);
  });

  test('is not as it was found if it refuses to erase them', async () => {
    const replies = { 'AT+QDMPCFG=5,2': ['+CME ERROR: 4'] };
    const dmp = fakeDmp({}, { unsaved: { 'QDMPCFG 2': builtIn }, replies });
    const before = await takeSnapshot(dmp);
    await createAccess(dmp).saveCredentials(key);
    await expect(restore(dmp, before, factory)).rejects.toMatchObject({
      code: 'RESTORE_FAILED',
      message: expect.stringContaining('AT+QDMPCFG=5,2 was refused (+CME ERROR: 4)') as string,
      remedy: expect.stringMatching(/: AT\+QDMPCFG=5,2$/) as string,
    });
  });
});
