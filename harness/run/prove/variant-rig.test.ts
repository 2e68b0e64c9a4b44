import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { parse } from 'yaml';

import { findRig } from '../../../rigs/file/find-rig.ts';
import { loadRigFile } from '../../../rigs/file/load-rig-file.ts';
import { readFileWithin } from '../../base/read-file-within.ts';
import { writeVariantRig } from './variant-rig.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = async (settings: Record<string, string>, departs: string[]) =>
  loadRigFile(writeVariantRig(await findRig('emulated'), { settings, departs }, folder));

test('a variant keeps what its rig says, and changes the settings of the emulated module', async () => {
  const rig = await loadRigFile(await findRig('emulated'));
  const variant = await written({ retryDelayS: '7', errorValue: '50', queryEmpty: 'zeros' }, []);
  expect(variant).toEqual({
    ...rig,
    file: path.join(folder, 'rig.yaml'),
    control: { ...rig.control, settings: { retryDelayS: '7', errorValue: '50', queryEmpty: 'zeros' } },
  });
});

test.each([
  [3, 50],
  [10, 15],
  [1_000, 1],
])('network time that passes %d times slower is %d times real time', async (slower, clock) => {
  const rig = await loadRigFile(await findRig('emulated'));
  const file = writeVariantRig(await findRig('emulated'), { settings: {}, departs: [], slower }, folder);
  expect(rig.module.clock).toBe(150);
  expect(await loadRigFile(file)).toMatchObject({ control: rig.control, module: { ...rig.module, clock } });
});

test('a variant that departs from clauses has them as known deviations', async () => {
  const { module } = await written({ ipQuoted: 'required' }, ['CFG-IP-UNQUOTED']);
  expect(parse(readFileWithin(module.deviations!, 10_000))).toMatchObject({
    firmware: 'BC26NBR01A07',
    deviations: { 'CFG-IP-UNQUOTED': { reason: 'a setting of the emulated module' } },
  });
});
