import { HilError } from '../base/error.ts';
import { createAccess } from '../cmdmp/access.ts';
import { fakeDmp } from '../cmdmp/fake-dmp.ts';
import { takeSnapshot } from '../cmdmp/snapshot.ts';
import { contactIn, contactsNobody, followContacts } from './saved-contacts.ts';
import type { SavedContacts } from './saved-contacts.ts';

const harmless = { dmmode: 0, serverIP: '117.161.2.41' };
const replies = { 'AT+QDMPCFG=0,1': ['+CME ERROR: 50'] };

/** A line whose module obeys, but for what is listed above. */
const line = (saved: SavedContacts) => {
  const module = fakeDmp({}, { replies });
  return saved.following({
    at: (command) => module.at(command),
    transmit: () => Promise.resolve({} as never),
  });
};

describe('whom a module may contact once it boots, by what was saved last', () => {
  test.each([
    ['nothing was sent', [], false],
    ['all was erased', ['AT+QDMPCFG=5,4'], true],
    ['the mode was erased', ['AT+QDMPCFG=5,0'], true],
    ['all was erased and access disabled', ['AT+QDMPCFG=5,4', 'AT+QDMPCFG=0,0'], false],
    ['all was erased and the server is nobody', ['AT+QDMPCFG=5,4', 'AT+QDMPCFG=1,192.0.2.9,5683,300'], false],
    ['access was not enabled, since that was refused', ['AT+QDMPCFG=0,1'], false],
    ['only an extended record was saved', ['AT+QDMPCFGEX=1,0,"00-01"'], false],
    ['reads', ['AT+QDMPCFG=4,0', 'AT+QDMPCFG?'], false],
  ])('%s', async (_name, commands, stranger) => {
    const saved = followContacts(harmless, undefined);
    for (const command of commands) await line(saved).at(command);
    expect(saved.stranger() !== undefined).toBe(stranger);
  });

  test('a command that was never answered may have been obeyed', async () => {
    const saved = followContacts(harmless, undefined);
    const wedged = saved.following({
      at: () => Promise.reject(new HilError('AT_TIMEOUT', 'no answer')),
      transmit: () => Promise.resolve({} as never),
    });
    await expect(wedged.at('AT+QDMPCFG=5,4')).rejects.toMatchObject({ code: 'AT_TIMEOUT' });
    expect(saved.stranger()?.message).toContain('the module may contact its default server');
    await line(saved).at('AT+QDMPCFG=0,0');
    expect(saved.stranger()).toBeUndefined();
  });

  test('so may raw bytes have been', async () => {
    const saved = followContacts(harmless, undefined);
    const bytes = Buffer.from('AT\rAT+QDMPCFG=5,0\r');
    await line(saved).transmit(bytes, { finals: 2, quietMs: 1, deadlineMs: 10 });
    expect(saved.stranger()?.message).toContain('117.161.2.41');
  });

  test('the rig’s own platform is no stranger', () => {
    const own = { dmmode: 1, serverIP: '198.51.100.9' };
    expect(followContacts(own, '198.51.100.9').stranger()).toBeUndefined();
    expect(followContacts(own, undefined).stranger()?.code).toBe('STRANGER_AT_REBOOT');
  });

  test('an emulated module contacts nobody', async () => {
    await line(contactsNobody).at('AT+QDMPCFG=5,4');
    expect(contactsNobody.stranger()).toBeUndefined();
  });

  test.each([
    [{}, { dmmode: undefined, serverIP: undefined }],
    [
      { 'QDMPCFG 0': '0,1', 'QDMPCFG 1': '1,192.0.2.7,5683,420' },
      { dmmode: 1, serverIP: '192.0.2.7' },
    ],
  ])('a snapshot shows it: %j', async (records, contact) => {
    const module = fakeDmp(records);
    const shown = contactIn(await takeSnapshot(module));
    const { dmmode } = contact;
    expect(shown).toMatchObject(dmmode === undefined ? { dmmode } : contact);
    if (dmmode !== undefined)
      expect(shown).toMatchObject(
        await createAccess(module)
          .savedMode()
          .then(() => contact),
      );
  });
});
