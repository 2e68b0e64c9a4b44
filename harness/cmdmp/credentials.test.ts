import type { RigFile } from '../../rigs/file/rig-file.ts';
import { credentialsRule, guardCredentials } from './credentials.ts';
import { fakeDmp } from './fake-dmp.fixture.ts';
import { foreignAccount, ownAccount, rig } from './own-account.fixture.ts';
import { takeSnapshot } from './snapshot.ts';

test('the rule is what the rig file says', () => {
  const module = { mayLoseCredentials: true } as RigFile['module'];
  const real = { control: { driver: 'onoff' } as RigFile['control'], module };
  expect(credentialsRule({ ...real, credentials: 'factory' })).toEqual({
    credentials: 'factory',
    emulated: false,
    mayLoseCredentials: true,
  });
  const emulated = { ...real, control: { driver: 'emulator' } as RigFile['control'] };
  expect(credentialsRule(emulated)).toMatchObject({ credentials: undefined, emulated: true });
});

describe('guarding the credentials', () => {
  const credentials = { appKey: 'M100000089', password: '95GoSecret' };

  /** The same for a module that shows the record in exactly these words. */
  const guardShown = async (line: string, own = credentials): Promise<string> => {
    const snapshot = await takeSnapshot(
      fakeDmp({}, { unsaved: { 'QDMPCFG 2': [`+QDMPCFG: ${line}`, 'OK'] } }),
    );
    try {
      guardCredentials(snapshot, { ...rig, credentials: own });
      return 'allowed';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const messageShown = async (line: string): Promise<string> => {
    const snapshot = await takeSnapshot(
      fakeDmp({}, { unsaved: { 'QDMPCFG 2': [`+QDMPCFG: ${line}`, 'OK'] } }),
    );
    try {
      guardCredentials(snapshot, { ...rig, credentials });
      return 'allowed';
    } catch (error) {
      return (error as Error).message;
    }
  };
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
    expect(await guard({ 'QDMPCFG 2': ownAccount })).toBe('allowed');
    expect(await guard({})).toBe('allowed');
    expect(await guard({}, { credentials: undefined })).toBe('allowed');
  });

  test.each([
    ['of another app key', foreignAccount],
    ['of another private key', '2,M100000089,95Gx0000,1,863703030822519'],
    ['of an app key that only begins alike', '2,M1000000891,95GoSecret,1,863703030822519'],
  ])('refuses credentials %s', async (_, saved) => {
    expect(await guard({ 'QDMPCFG 2': saved })).toBe('CREDENTIALS_AT_RISK');
  });

  test.each([
    ['a leaking firmware shows whole', '2,M100000089,95GoSecret,1,863703030822519'],
    ['a leaking firmware shows whole, with stars behind it', '2,M100000089,95GoSecret***,1,863703030822519'],
    ['shows by five characters', '2,M100000089,95GoS***,1,863703030822519'],
    ['is shown in quotes', '2,"M100000089","95Go****",1,"863703030822519"'],
    ['is shown with blanks', '2, M100000089, 95Go****, 1, 863703030822519'],
    ['is masked by a letter', '2,M100000089,95GoXXXX,1,863703030822519'],
    ['is masked by nothing', '2,M100000089,95Go,1,863703030822519'],
  ])('allows the rig’s own where its private key %s: that is for the clauses to judge', async (_, saved) => {
    expect(await guardShown(saved)).toBe('allowed');
  });

  test.each([
    ['shown whole', '2,M100000089,95GoSecre1,1,863703030822519'],
    ['shown by five characters', '2,M100000089,95Gos***,1,863703030822519'],
    ['longer than the rig’s', '2,M100000089,95GoSecret1,1,863703030822519'],
    ['shown by less than four', '2,M100000089,95G*****,1,863703030822519'],
  ])('refuses another private key that is %s', async (_, saved) => {
    expect(await guardShown(saved)).toBe('CREDENTIALS_AT_RISK');
  });

  test.each([
    ['2,M100000090,95Go****,1,863703030822519', '(another app key)'],
    [
      '2,M100000089,95Gx****,1,863703030822519',
      '(the same app key, but its private key begins differently from',
    ],
    ['2,M100000089,95GoSecreX,1,863703030822519', 'begins like the rig file’s, but continues differently)'],
  ])('says which key differs: %s', async (line, words) => {
    const message = await messageShown(line);
    expect(message).toContain(words);
    // No message shows more than four characters of the rig's own key.
    expect(message).not.toContain(credentials.password);
  });

  test('allows a short key that is hidden whole', async () => {
    const short = { ...credentials, password: '95G' };
    expect(await guardShown('2,M100000089,****,0,863703030822519', short)).toBe('allowed');
  });

  test('refuses where the rig file has none', async () => {
    expect(await guard({ 'QDMPCFG 2': ownAccount }, { credentials: undefined })).toBe('CREDENTIALS_AT_RISK');
  });

  test('allows what a module shows that has none saved, where the rig file says so', async () => {
    expect(await guard({ 'QDMPCFG 2': ownAccount }, { credentials: 'factory' })).toBe('allowed');
    expect(await guard({}, { credentials: 'factory' })).toBe('allowed');
  });

  test('allows what may be lost, and what is emulated', async () => {
    expect(await guard({ 'QDMPCFG 2': foreignAccount }, { mayLoseCredentials: true })).toBe('allowed');
    expect(await guard({ 'QDMPCFG 2': foreignAccount }, { emulated: true })).toBe('allowed');
  });

  test('recognises the rig’s credentials with any mask, and with commas in them', async () => {
    const commas = { appKey: 'a,b', password: 'c,defg' };
    expect(await guardShown('2,a,b, c,de**,1,863703030822519', commas)).toBe('allowed');
    expect(await guardShown('2,a,b,c,de,1,863703030822519', commas)).toBe('allowed');
    expect(await guardShown('2,a,b,c,xx**,1,863703030822519', commas)).toBe('CREDENTIALS_AT_RISK');
  });
});
