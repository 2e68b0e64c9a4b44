import { guardCredentials } from './credentials.ts';
import { fakeDmp } from './fake-dmp.ts';
import { rig, rigs, strangers } from './own-account.fixture.ts';
import { takeSnapshot } from './snapshot.ts';

describe('guarding the credentials', () => {
  const guard = async (saved: Record<string, string>, rule: object = {}): Promise<string> => {
    const snapshot = await takeSnapshot(fakeDmp(saved));
    try {
      guardCredentials(snapshot, { ...rig, ...rule });
      return 'allowed';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  test('allows the rig’s own credentials, and none', async () => {
    expect(await guard({ 'QDMPCFG 2': rigs })).toBe('allowed');
    expect(await guard({})).toBe('allowed');
    expect(await guard({}, { credentials: undefined })).toBe('allowed');
  });

  test.each([
    ['of another app key', strangers],
    ['of another private key', '2,M100000089,95Gx0000,1,863703030822519'],
    ['of an app key that only begins alike', '2,M1000000891,95GoSecret,1,863703030822519'],
  ])('refuses credentials %s', async (_, saved) => {
    expect(await guard({ 'QDMPCFG 2': saved })).toBe('CREDENTIALS_AT_RISK');
  });

  test('refuses where the rig file has none', async () => {
    expect(await guard({ 'QDMPCFG 2': rigs }, { credentials: undefined })).toBe('CREDENTIALS_AT_RISK');
  });

  test('allows what may be lost, and what is emulated', async () => {
    expect(await guard({ 'QDMPCFG 2': strangers }, { mayLoseCredentials: true })).toBe('allowed');
    expect(await guard({ 'QDMPCFG 2': strangers }, { emulated: true })).toBe('allowed');
  });

  test('finds the rig’s credentials again whatever their mask and commas look like', async () => {
    const commas = { appKey: 'a,b', password: 'c,defg' };
    const shown = (line: string): Promise<unknown> =>
      takeSnapshot(fakeDmp({}, { unsaved: { 'QDMPCFG 2': [line, 'OK'] } })).then((snapshot) =>
        guardCredentials(snapshot, { ...rig, credentials: commas }),
      );
    await expect(shown('+QDMPCFG: 2,a,b, c,de**,1,863703030822519')).resolves.toBeUndefined();
    await expect(shown('+QDMPCFG: 2,a,b,c,de,1,863703030822519')).resolves.toBeUndefined();
    await expect(shown('+QDMPCFG: 2,a,b,c,xx**,1,863703030822519')).rejects.toMatchObject({
      code: 'CREDENTIALS_AT_RISK',
    });
  });
});
