import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { type Board, openBoard } from '../../../rigs/board.ts';
import { parseRigFile } from '../../../rigs/file/load-rig-file.ts';
import type { AtClient } from '../../at/at-client.ts';
import { createAtClient } from '../../at/client.ts';
import { systemClock } from '../../base/clock.ts';
import { memoryTrace } from '../../base/trace.ts';
import { defaultBootTiming, nothingLearned } from '../../bc26/bench.ts';
import { guardIdentity } from '../../bc26/identity.ts';
import { createModule, type Module } from '../../bc26/module.ts';
import { rebootKinds } from '../../bc26/reboot-kinds.ts';
import { start } from '../../bc26/start.ts';
import { createAccess } from '../../cmdmp/access.ts';
import { createExtended } from '../../cmdmp/extended.ts';
import { restore } from '../../cmdmp/restore.ts';
import { sameConfiguration, takeSnapshot } from '../../cmdmp/snapshot.ts';

const rigFile = `
name: emulated
control: { driver: emulator, settings: { bootMs: 150 } }
module: { imei: '863703030822519', firmware: BC26NBR01A07 }
`;

const server = { serverIP: '192.0.2.1', serverPort: 5684, updatePeriod: 300 };

/** An accepted value that tells which reboot it was meant for. */
const periodOf = (index: number): number => 301 + index;

describe('an emulated module behind a pseudo-terminal', () => {
  let folder: string;
  let board: Board;
  let at: AtClient;
  let module: Module;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'bc26-hil-'));
    const trace = memoryTrace();
    board = await openBoard(parseRigFile('emulated.yaml', rigFile, {}), {
      runFolder: folder,
      trace,
      seed: 1,
    });
    at = createAtClient({ port: board.port, clock: systemClock, trace });
    const { control, port } = board;
    const bench = {
      at,
      control,
      port,
      trace,
      clock: systemClock,
      timing: defaultBootTiming,
      learned: nothingLearned(),
    };
    const started = await start(bench);
    expect(started.boots).toBe(1);
    guardIdentity(started.identity, { imei: '863703030822519', firmware: 'BC26NBR01A07' });
    module = createModule(bench, started);
  }, 30_000);

  afterAll(async () => {
    at?.close();
    await board?.control.rest();
    await board?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(rebootKinds.map((kind, index) => ({ kind, index })))(
    'keeps what was saved over a reboot of the kind $kind, and boots once',
    async ({ kind, index }) => {
      const access = createAccess(module);
      const updatePeriod = periodOf(index);
      await access.saveMode(0);
      await access.saveServer({ ...server, updatePeriod });
      expect((await access.read()).server.updatePeriod).not.toBe(updatePeriod);
      const { boots } = await module.reboot(kind, { cutAfterMs: 500 });
      expect(boots).toBe(1);
      expect((await access.read()).server).toMatchObject({ ...server, updatePeriod });
    },
    30_000,
  );

  test('is left as it was found', async () => {
    const access = createAccess(module);
    const extended = createExtended(module);
    const before = await takeSnapshot(module);
    await access.erase(4);
    await access.saveCredentials({ appKey: 'T', password: 'test1', tmlType: 1, tmlImei: '100000000000000' });
    await extended.save(5, ['31.8438799075,117.2025477950,OTDOA']);
    expect(sameConfiguration(before, await takeSnapshot(module)).map(({ record }) => record)).toEqual([
      'QDMPCFG 0',
      'QDMPCFG 1',
      'QDMPCFG 2',
      'QDMPCFGEX 5',
    ]);
    await restore(module, before, { emulated: true, mayLoseCredentials: false });
    expect(sameConfiguration(before, await takeSnapshot(module))).toEqual([]);
  });

  test('names a refusal by its exchange', async () => {
    await expect(createAccess(module).saveServer({ ...server, updatePeriod: 299 })).rejects.toMatchObject({
      code: 'AT_REFUSED',
      message: 'AT+QDMPCFG=1,192.0.2.1,5684,299 was refused: +CME ERROR: 50',
    });
    expect(module.last?.raw).toBe('\r\n+CME ERROR: 50\r\n');
  });
});
