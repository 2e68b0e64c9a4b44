import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { keepOriginal, type Original, readOriginal } from '../../rigs/state/originals.ts';
import { createAccess } from './access.ts';
import { type FakeDmp, fakeDmp } from './fake-dmp.fixture.ts';
import { giveBack, snapshotOf } from './give-back.ts';
import { foreignAccount, ownAccount, rig } from './own-account.fixture.ts';
import { takeSnapshot } from './snapshot.ts';

const imei = '863703030822519';
const before = process.env['BC26_HIL_STATE'];
let state: string;
beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'give-back-'));
  process.env['BC26_HIL_STATE'] = state;
});
afterEach(() => {
  if (before === undefined) delete process.env['BC26_HIL_STATE'];
  else process.env['BC26_HIL_STATE'] = before;
  rmSync(state, { recursive: true });
});

/** Keeps what a module holds, then saves something else in it, as a run that was killed. */
async function leftBehind(dmp: FakeDmp, powerSaving: string[] = []): Promise<Original> {
  const who = { rig: 'bench-1', run: 'reports/runs/1', by: 'hil@bench, process 7', revision: 'BC26NBR01A07' };
  const takenAt = '2026-11-30T02:17:00.000Z';
  keepOriginal({ schemaVersion: 1, imei, ...who, takenAt, ...(await takeSnapshot(dmp)), powerSaving });
  const access = createAccess(dmp);
  await access.saveServer({ serverIP: '192.0.2.99', serverPort: 1, updatePeriod: 300 });
  await access.saveCredentials({ appKey: 'T', password: 'test', tmlType: 0, tmlImei: '100000000000000' });
  return readOriginal(imei)!;
}

const durable = () => Promise.resolve(undefined);
const held = { 'QDMPCFG 1': '1,203.0.113.5,5683,3600', 'QDMPCFG 2': ownAccount };

describe('giving a module back what it held', () => {
  test('puts it back as it was read from the disk, and keeps nothing any longer', async () => {
    const dmp = fakeDmp(held);
    const original = await leftBehind(dmp);
    expect(await giveBack({ module: dmp, original, rule: rig, durable })).toEqual({
      lines: [],
      whole: true,
      written: ['QDMPCFG 1', 'QDMPCFG 2'],
    });
    expect(Object.fromEntries(dmp.saved)).toEqual(held);
    expect(readOriginal(imei)).toBeUndefined();
  });

  test('keeps it while a record is refused, and says the command that puts it back by hand', async () => {
    const command = 'AT+QDMPCFG=1,203.0.113.5,5683,3600';
    const dmp = fakeDmp(held, {
      replies: { [command]: ['+CME ERROR: 23'], 'AT+QDMPCFG=1,"203.0.113.5",5683,3600': ['ERROR'] },
    });
    const original = await leftBehind(dmp);
    const { lines, whole } = await giveBack({ module: dmp, original, rule: rig, durable });
    expect(whole).toBe(false);
    expect(lines).toEqual([expect.stringContaining(command)]);
    expect(readOriginal(imei)).toEqual(original);
  });

  test('keeps it while power saving could not be switched on, and while it may be lost', async () => {
    const dmp = fakeDmp(held);
    const original = await leftBehind(dmp, ['AT+CPSMS=1']);
    expect(await giveBack({ module: dmp, original, rule: rig, durable })).toMatchObject({ whole: false });
    const some = { ...original, powerSaving: [] };
    const late = { module: dmp, original: some, rule: rig, durable: () => Promise.resolve('may be lost') };
    expect(await giveBack(late)).toMatchObject({ whole: false, lines: ['may be lost'] });
    expect(readOriginal(imei)).toEqual(original);
  });

  test.each([
    [true, undefined],
    [false, expect.objectContaining({ imei })],
  ])('credentials that it cannot put back are done with where the rig says so (%p)', async (may, kept) => {
    const dmp = fakeDmp({ 'QDMPCFG 2': foreignAccount });
    const original = await leftBehind(dmp);
    const rule = { ...rig, mayLoseCredentials: may };
    expect(await giveBack({ module: dmp, original, rule, durable })).toMatchObject({ whole: may });
    expect(readOriginal(imei)).toEqual(kept);
  });

  test('credentials that were never saved are done with once they are erased, and what is shown then is told', async () => {
    const dmp = fakeDmp({ 'QDMPCFG 2': foreignAccount });
    const original = await leftBehind(dmp);
    const { lines, whole } = await giveBack({
      module: dmp,
      original,
      rule: { ...rig, credentials: 'factory' },
      durable,
    });
    expect(whole).toBe(true);
    expect(lines).toEqual([
      expect.stringMatching(/^the credentials are erased, as .*"2,M200000001,77Ab\*{4},.* before/),
    ]);
    expect(dmp.saved.has('QDMPCFG 2')).toBe(false);
  });

  test('a refused reading stays one', async () => {
    const original = await leftBehind(fakeDmp({}, { unsaved: { 'QDMPCFGEX 3': ['+CME ERROR: 50'] } }));
    expect(snapshotOf(original).saved['QDMPCFGEX 3']).toEqual({ text: undefined, final: '+CME ERROR: 50' });
  });
});
