import { desk, pass } from '../at/test-desk.fixture.ts';
import { createAccess, type Sender } from './access.ts';
import { createExtended } from './extended.ts';
import { type FakeDmp, fakeDmp } from './fake-dmp.fixture.ts';
import { everything, rig } from './own-account.fixture.ts';
import { restore } from './restore.ts';
import { takeHeldSnapshot, takeSnapshot } from './snapshot.ts';

/** The same module behind a real AT client, with other names in its lines. All names were asked for before. */
async function misnamed(dmp: FakeDmp, rename: (line: string) => string): Promise<Sender> {
  const d = desk();
  const send = async (command: string, text: string) => {
    d.port.answer(text);
    const exchange = d.at.send(command);
    await pass(d, 20);
    return exchange;
  };
  for (const command of ['AT+QDMPCFG?', 'AT+QDMPCFGEX=9', 'AT+DMPCFG?', 'AT+DMPCFGEX?']) {
    await send(command, '\r\nERROR\r\n');
  }
  return {
    async at(command) {
      const { information, final } = await dmp.at(command);
      const lines = [...information.map(rename), final.text];
      return send(command, lines.map((line) => `\r\n${line}\r\n`).join(''));
    },
  };
}

test.each([
  ['+DMPCFG and +DMPCFGEX', (line: string) => line.replace(/^\+Q/, '+')],
  ['+QDMPCFG for both', (line: string) => line.replace('+QDMPCFGEX', '+QDMPCFG')],
  ['no blank after the colon', (line: string) => line.replace(': ', ':')],
  ['a name that nobody asked for', (line: string) => line.replace('+QDMPCFG', '+QZNEW')],
])('a module whose lines have another name gets back what it held: %s', async (_, rename) => {
  const dmp = fakeDmp(everything);
  const before = await takeHeldSnapshot(await misnamed(dmp, rename));
  await createAccess(dmp).saveMode(1);
  await createExtended(dmp).save(0, ['A|b|1|2']);
  await createExtended(dmp).erase(4);
  await restore(await misnamed(dmp, rename), before, rig);
  expect(Object.fromEntries(dmp.saved)).toEqual(everything);
});

test('what was saved again with OK and then does not show is not erased', async () => {
  const dmp = fakeDmp(everything);
  const before = await takeHeldSnapshot(dmp);
  await createExtended(dmp).save(0, ['A|b|1|2']);
  const mute: Sender = {
    async at(command) {
      const exchange = await dmp.at(command);
      return command.endsWith(',1') && command.startsWith('AT+QDMPCFGEX')
        ? { ...exchange, information: [], raw: '' }
        : exchange;
    },
  };
  await expect(restore(mute, before, rig)).rejects.toMatchObject({ code: 'RESTORE_FAILED' });
  expect(Object.fromEntries(dmp.saved)).toMatchObject(everything);
});

test('a line of an unknown name that shows no record says nothing of what a module holds', async () => {
  const dmp = fakeDmp({ 'QDMPCFG 0': '0,0' }, { unsaved: { 'QDMPCFG 1': ['OK'] } });
  const noisy: Sender = {
    async at(command) {
      const exchange = await dmp.at(command);
      return { ...exchange, raw: `\r\n+QZNEW: 1\r\n\r\n+CEREG: 0,1\r\n${exchange.raw}` };
    },
  };
  expect((await takeHeldSnapshot(noisy)).saved).toEqual((await takeSnapshot(dmp)).saved);
});
