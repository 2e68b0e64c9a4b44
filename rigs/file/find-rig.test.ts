import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { findRig, listRigs } from './find-rig.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'find-rig-'));
beforeAll(() => ['bench-1.yaml', 'room.yaml'].forEach((name) => writeFileSync(path.join(folder, name), '')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what says which code may import which is no rig', async () => {
  expect(await listRigs(folder)).toEqual(['bench-1']);
  await expect(findRig('room', folder)).rejects.toMatchObject({
    code: 'RIG_NOT_FOUND',
    remedy: 'rigs: bench-1; or give a file, as in ./bench.yaml',
  });
});

test('a rig is found by the name of its file', async () => {
  expect(await findRig('bench-1', folder)).toBe(path.join(folder, 'bench-1.yaml'));
});
