import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { findRig, listRigs } from './find-rig.ts';
import { rigText } from './rig-file.fixture.ts';

describe('--rig', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rigs-'));
    await writeFile(path.join(folder, 'bench-1.yaml'), rigText);
    await writeFile(path.join(folder, 'notes.txt'), '');
    await writeFile(path.join(folder, 'room.yaml'), '');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('a name means the file of that name in rigs/', async () => {
    await expect(findRig('bench-1', folder)).resolves.toBe(path.join(folder, 'bench-1.yaml'));
  });

  test.each(['bench-1.yaml', './bench-1'])('%s means a file, relative to the current folder', async (rig) => {
    await expect(findRig(rig, folder)).rejects.toMatchObject({ code: 'RIG_NOT_FOUND' });
  });

  test('the list has the rig files and nothing else of the folder', async () => {
    await expect(listRigs(folder)).resolves.toEqual(['bench-1']);
  });

  test('an unknown name is refused, with the names there are', async () => {
    await expect(findRig('bench1', folder)).rejects.toMatchObject({
      code: 'RIG_NOT_FOUND',
      message: expect.stringMatching(
        /^there is no rig 'bench1' in \S+ \(did you mean bench-1\?\); rigs: bench-1; or give [^\n]*$/,
      ) as string,
    });
  });

  test('an unknown file is refused, with the files like it in its folder', async () => {
    await expect(findRig(path.join(folder, 'bnech-1.yaml'), folder)).rejects.toMatchObject({
      code: 'RIG_NOT_FOUND',
      message: expect.stringContaining('bnech-1.yaml (did you mean bench-1.yaml?)') as string,
    });
    await expect(findRig('/nowhere/bench.yaml', folder)).rejects.toMatchObject({
      message: expect.stringMatching(/^there is no rig file \/nowhere\/bench.yaml$/) as string,
    });
  });

  test('the file that says what code may import is no rig', async () => {
    await expect(findRig('room', folder)).rejects.toMatchObject({ code: 'RIG_NOT_FOUND' });
  });
});
