import { createAccess, type Sender } from './access.ts';
import { createExtended } from './extended.ts';
import { type FakeDmp, fakeDmp } from './fake-dmp.fixture.ts';
import { ownAccount, rig } from './own-account.fixture.ts';
import { restore } from './restore.ts';
import { takeHeldSnapshot, takeSnapshot } from './snapshot.ts';

const everything = {
  'QDMPCFG 0': '0,0',
  'QDMPCFG 1': '1,192.0.2.7,5684,420',
  'QDMPCFG 2': ownAccount,
  'QDMPCFGEX 0': '0,Douyin|FW1|990650|9123;QQ|FW03|11650|92551',
  'QDMPCFGEX 4': '4,off,NB-IoT,XY05553867549,18009699999',
};

/** The same module, whose lines have another name than the command that asks. */
const misnamed = (dmp: FakeDmp): Sender => ({
  async at(command) {
    const { information, ...exchange } = await dmp.at(command);
    const unsolicited = information.map((line) => ({
      data: line.replace(/^\+Q/, '+'),
      startedAt: 0n,
      endedAt: 0n,
    }));
    return { ...exchange, information: [], unsolicited };
  },
});

test('a module whose lines have another name than the command gets back what it held', async () => {
  const dmp = fakeDmp(everything);
  const before = await takeHeldSnapshot(misnamed(dmp));
  await createAccess(dmp).saveMode(1);
  await createExtended(dmp).save(0, ['A|b|1|2']);
  await createExtended(dmp).erase(4);
  await restore(misnamed(dmp), before, rig);
  expect(Object.fromEntries(dmp.saved)).toEqual(everything);
});

test('a line of an unknown name that shows no record says nothing of what a module holds', async () => {
  const dmp = fakeDmp({ 'QDMPCFG 0': '0,0' }, { unsaved: { 'QDMPCFG 1': ['OK'] } });
  const noisy: Sender = {
    async at(command) {
      const line = { data: '+QZNEW: 1', startedAt: 0n, endedAt: 0n };
      return { ...(await dmp.at(command)), unsolicited: [line] };
    },
  };
  expect((await takeHeldSnapshot(noisy)).saved).toEqual((await takeSnapshot(dmp)).saved);
});
