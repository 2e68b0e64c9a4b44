import { HilError } from '../base/error.ts';
import { createAccess, type Sender } from './access.ts';
import { createExtended } from './extended.ts';
import { type FakeDmp, fakeDmp } from './fake-dmp.fixture.ts';
import { everything, foreignAccount, ownAccount, rig } from './own-account.fixture.ts';
import { savedRecords } from './records.ts';
import { restore } from './restore.ts';
import { sameConfiguration, takeSnapshot } from './snapshot.ts';

/** Overwrites records as a run does. */
async function disturb(dmp: FakeDmp, dmmode = 1): Promise<void> {
  const access = createAccess(dmp);
  const extended = createExtended(dmp);
  await access.saveMode(dmmode);
  await access.saveServer({ serverIP: '192.0.2.99', serverPort: 1, updatePeriod: 300 });
  await access.saveCredentials({ appKey: 'T', password: 'test', tmlType: 0, tmlImei: '100000000000000' });
  await extended.save(0, ['A|b|1|2']);
  await extended.save(1, ['00-01-6C-06-A6-29']);
  await extended.save(4, ['on', 'x', 'y', 'z']);
  await extended.erase(5);
}

const writesOf = (dmp: FakeDmp): readonly string[] => {
  const questions = new Set(['AT+QDMPCFG?', ...savedRecords.map(({ query }) => query)]);
  return dmp.commands.filter((command) => !questions.has(command));
};

/** A module that shows its extended records as they were at the last reboot. */
async function lateDmp(): Promise<FakeDmp> {
  const shown = await takeSnapshot(fakeDmp(everything));
  const extended = savedRecords.filter(({ command }) => command === 'AT+QDMPCFGEX');
  const replies = extended.map(({ name, query }): [string, string[]] => [
    query,
    [`+QDMPCFGEX: ${shown.saved[name]?.text}`, 'OK'],
  ]);
  return fakeDmp(everything, { replies: Object.fromEntries(replies) });
}

describe('restoring a module that shows extended records only after a reboot', () => {
  test('writes each back once, though all read as before, and reports all as unseen', async () => {
    const dmp = await lateDmp();
    const before = await takeSnapshot(dmp);
    await disturb(dmp);
    const { unseen } = await restore(dmp, before, { ...rig, extendedShownLate: true });
    expect(Object.fromEntries(dmp.saved)).toEqual(everything);
    expect(unseen).toEqual([0, 1, 2, 3, 4, 5].map((type) => `QDMPCFGEX ${type}`));
    expect(
      writesOf(dmp)
        .filter((command) => command.startsWith('AT+QDMPCFGEX=5,'))
        .slice(1),
    ).toHaveLength(1);
  });

  test('names the record whose restore the module refused', async () => {
    const dmp = await lateDmp();
    const before = await takeSnapshot(dmp);
    const refusing = {
      at: (command: string) => dmp.at(command.startsWith('AT+QDMPCFGEX=5,0') ? 'AT+QDMPCFG=?' : command),
    };
    await expect(restore(refusing, before, { ...rig, extendedShownLate: true })).rejects.toMatchObject({
      code: 'RESTORE_FAILED',
      message: expect.stringContaining('QDMPCFGEX 5 was "5,31.84,117.20,OTDOA", and') as string,
    });
  });
});

describe('comparing snapshots', () => {
  test('finds every record that differs, and nothing else', async () => {
    const dmp = fakeDmp(everything);
    const before = await takeSnapshot(dmp);
    expect(sameConfiguration(before, await takeSnapshot(dmp))).toEqual([]);
    await createAccess(dmp).saveMode(1);
    await createExtended(dmp).erase(5);
    expect(sameConfiguration(before, await takeSnapshot(dmp))).toEqual([
      { record: 'QDMPCFG 0', before: '0,0', after: '0,1' },
      { record: 'QDMPCFGEX 5', before: '5,31.84,117.20,OTDOA', after: '5,NULL' },
    ]);
  });

  test('includes the values in use, and survives JSON', async () => {
    const before = await takeSnapshot(fakeDmp());
    const other = ['+QDMPCFG: 0,0', 'OK'];
    const after = await takeSnapshot(fakeDmp({}, { replies: { 'AT+QDMPCFG?': other } }));
    expect(sameConfiguration(before, after).map(({ record }) => record)).toEqual(['in use']);
    expect(sameConfiguration(before, JSON.parse(JSON.stringify(before)) as typeof before)).toEqual([]);
  });

  test('a refused query is no value, whatever the form of the error', async () => {
    const refusing = (final: string): FakeDmp => fakeDmp({}, { unsaved: { 'QDMPCFG 1': [final] } });
    const before = await takeSnapshot(refusing('ERROR'));
    expect(sameConfiguration(before, await takeSnapshot(refusing('+CME ERROR: 50')))).toEqual([]);
    expect(sameConfiguration(before, await takeSnapshot(fakeDmp(everything)))[1]).toMatchObject({
      record: 'QDMPCFG 1',
      before: 'refused (ERROR)',
    });
  });
});

describe('restoring', () => {
  test('puts every record back, the private key from the rig file', async () => {
    const dmp = fakeDmp(everything);
    const before = await takeSnapshot(dmp);
    await disturb(dmp);
    const { lost, uncertain } = await restore(dmp, before, rig);
    expect(Object.fromEntries(dmp.saved)).toEqual(everything);
    expect({ lost, uncertain }).toEqual({ lost: [], uncertain: [] });
  });

  test('writes only what differs', async () => {
    const dmp = fakeDmp(everything);
    const before = await takeSnapshot(dmp);
    await createAccess(dmp).saveMode(1);
    const rule = { ...rig, credentials: undefined, mayHaveSaved: () => false };
    expect((await restore(dmp, before, rule)).written).toEqual(['QDMPCFG 0']);
    expect(writesOf(dmp)).toEqual(['AT+QDMPCFG=0,1', 'AT+QDMPCFG=0,0']);
  });

  test('writes the rig’s private key again, since another may read the same', async () => {
    const dmp = fakeDmp(everything);
    const before = await takeSnapshot(dmp);
    const { appKey } = rig.credentials;
    await createAccess(dmp).saveCredentials({
      appKey,
      password: '95GoOfATest',
      tmlType: 1,
      tmlImei: '863703030822519',
    });
    expect(sameConfiguration(before, await takeSnapshot(dmp))).toEqual([]);
    expect((await restore(dmp, before, rig)).written).toEqual(['QDMPCFG 2']);
    expect(dmp.saved.get('QDMPCFG 2')).toBe(ownAccount);
  });

  test.each([
    ['NULL or nothing', {}],
    ['errors', Object.fromEntries(savedRecords.map(({ name }) => [name, ['+CME ERROR: 50']]))],
    [
      'defaults',
      {
        'QDMPCFG 0': ['+QDMPCFG: 0,1', 'OK'],
        'QDMPCFG 1': ['+QDMPCFG: 1,117.161.2.41,5683,86400', 'OK'],
        'QDMPCFG 2': ['+QDMPCFG: 2,M100000089,95Go****,0,863703030822519', 'OK'],
      },
    ],
  ])('erases what had never been saved, where that shows as %s', async (_, unsaved) => {
    const dmp = fakeDmp({}, { unsaved });
    const before = await takeSnapshot(dmp);
    await disturb(dmp, 0);
    await restore(dmp, before, { ...rig, credentials: undefined });
    expect([...dmp.saved]).toEqual([]);
  });

  test('names the records it could not restore', async () => {
    const refused = {
      'AT+QDMPCFG=1,192.0.2.7,5684,420': ['+CME ERROR: 23'],
      'AT+QDMPCFG=1,"192.0.2.7",5684,420': ['+CME ERROR: 23'],
    };
    const dmp = fakeDmp(everything, { replies: refused });
    const before = await takeSnapshot(dmp);
    await disturb(dmp);
    await expect(restore(dmp, before, rig)).rejects.toMatchObject({
      code: 'RESTORE_FAILED',
      message:
        'the module is not as it was found: QDMPCFG 1 was "1,192.0.2.7,5684,420" and is "1,NULL,NULL,NULL"',
      remedy:
        '`bc26-hil restore --rig …` tries again; by hand, with `bc26-hil at`: AT+QDMPCFG=1,192.0.2.7,5684,420',
    });
    expect(dmp.saved.get('QDMPCFG 2')).toBe(ownAccount);
  });

  test('puts an address back in quotes where the firmware takes no other', async () => {
    const dmp = fakeDmp(everything, { replies: { 'AT+QDMPCFG=1,192.0.2.7,5684,420': ['ERROR'] } });
    const before = await takeSnapshot(dmp);
    await disturb(dmp);
    await restore(dmp, before, rig);
    expect(await takeSnapshot(dmp)).toEqual(before);
  });

  /** The module as `dmp`, for so many commands; then every call rejects with `error`. */
  const ending = (dmp: FakeDmp, commands: number, error: HilError): Sender => {
    let left = commands;
    return { at: (command) => (left-- > 0 ? dmp.at(command) : Promise.reject(error)) };
  };

  test.each([
    [
      'its time is over',
      new HilError('ABORTED', 'waiting for AT was aborted', {
        cause: new HilError('ABORTED', 'it took longer than 30 s'),
      }),
      'it took longer than 30 s',
    ],
    ['the port hangs up', new HilError('PORT_GONE', '/dev/ttyUSB7 hung up'), '/dev/ttyUSB7 hung up'],
  ])('names the records it did not reach, and why, when %s', async (_, error, why) => {
    const refused = { 'AT+QDMPCFG=0,0': ['+CME ERROR: 23'], 'AT+QDMPCFG=5,0': ['+CME ERROR: 23'] };
    const dmp = fakeDmp(everything, { replies: refused });
    const before = await takeSnapshot(dmp);
    await disturb(dmp);
    // Record 0 takes five commands: a question, and two ways back with a question after each.
    await expect(restore(ending(dmp, 6, error), before, rig)).rejects.toMatchObject({
      code: 'RESTORE_FAILED',
      message:
        'the module may not be as it was found: QDMPCFG 0 was "0,0" and is "0,1"; ' +
        'QDMPCFG 1 was not completely restored; not reached: QDMPCFG 2, QDMPCFGEX 0, QDMPCFGEX 1, ' +
        `QDMPCFGEX 2, QDMPCFGEX 3, QDMPCFGEX 4, QDMPCFGEX 5; because ${why}`,
      cause: error,
    });
  });

  test('credentials that the rig may lose are lost, not a failure', async () => {
    const dmp = fakeDmp({ 'QDMPCFG 2': foreignAccount });
    const before = await takeSnapshot(dmp);
    await disturb(dmp);
    expect((await restore(dmp, before, { ...rig, mayLoseCredentials: true })).lost).toEqual(['QDMPCFG 2']);
    expect(dmp.saved.has('QDMPCFG 2')).toBe(false);
  });

  test('reports records whose commas leave open what was restored', async () => {
    const dmp = fakeDmp({ 'QDMPCFGEX 3': '3,one,two,three' });
    const before = await takeSnapshot(dmp);
    await createExtended(dmp).erase(3);
    expect((await restore(dmp, before, rig)).uncertain).toEqual(['QDMPCFGEX 3']);
  });
});
