import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { checkRigFile, loadRigFile } from './load-rig-file.ts';
import { rigText } from './rig-file.fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string, mode = 0o644): string => {
  const written = path.join(folder, name);
  writeFileSync(written, text);
  chmodSync(written, mode);
  return written;
};

describe('a program beside the rig file', () => {
  test('that is missing or may not be run is a mistake, for every command', async () => {
    const rig = file('bench.yaml', rigText);
    file('off.sh', '#!/bin/sh\n');
    const refused = {
      code: 'RIG_FILE_INVALID',
      message: expect.stringMatching(
        /5:8: control\.on\.0: there is no program .*\/on\.sh; .*\n.*6:9: control\.off\.0: .*\/off\.sh may not be run/,
      ) as string,
    };
    await expect(checkRigFile(rig, {})).rejects.toMatchObject(refused);
    await expect(loadRigFile(rig, {})).rejects.toMatchObject(refused);
  });

  test('that can be run is none; one elsewhere is not looked for', async () => {
    const rig = file('bench.yaml', rigText.replace('./off.sh', '/opt/nowhere/off.sh'));
    file('on.sh', '#!/bin/sh\n', 0o755);
    expect((await checkRigFile(rig, {})).rig.name).toBe('bench-1');
  });
});
