import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { checkRigFile, loadRigFile } from './load-rig-file.ts';
import { loadReplayRig } from './replay-rig.ts';
import { rigText } from './rig-file.fixture.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(path.join(folder, 'failed'));

function rig(text: string): string {
  const file = path.join(folder, 'rig.yaml');
  writeFileSync(file, text);
  return file;
}

const mistakes = (text: string): Promise<string> =>
  loadReplayRig(rig(text)).then(
    () => 'none',
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'RIG_FILE_INVALID' });
      return (error as Error).message.replaceAll(`${folder}/`, '');
    },
  );

test('a rig that plays a run again has its folder, relative to the file', async () => {
  const file = rig('name: again\ncontrol: { driver: replay, run: failed }\n');
  expect(await loadReplayRig(file)).toEqual({ file, name: 'again', run: path.join(folder, 'failed') });
});

test('the rig of a board is none', async () => {
  expect(await loadReplayRig(rig(rigText))).toBeUndefined();
});

test.each([
  ['run: faild }', '2:33: control.run: there is no folder faild; give the folder of a run'],
  ['run: rig.yaml }', '2:33: control.run: there is no folder rig.yaml'],
  ['}', '2:10: control.run: is missing; give text'],
  ['ran: failed, run: failed }', '2:28: control.ran: unknown key; known here: driver, run'],
  ['run: failed }\nmodule: {}', '3:1: module: unknown key; known here: name, control'],
])('names a mistake with its place: %j', async (end, mistake) => {
  expect(await mistakes(`name: again\ncontrol: { driver: replay, ${end}\n`)).toContain(`rig.yaml:${mistake}`);
});

test('what needs a board refuses it, and says which run it plays', async () => {
  const file = rig('name: again\ncontrol: { driver: replay, run: failed }\n');
  for (const load of [loadRigFile, checkRigFile])
    await expect(load(file)).rejects.toMatchObject({
      code: 'RIG_REPLAYS',
      message: `rig again (${file}) has no board: it plays ${path.join(folder, 'failed')} again`,
    });
  await expect(loadRigFile(rig('name: again\ncontrol: { driver: replay, run: no }\n'))).rejects.toMatchObject(
    {
      code: 'RIG_FILE_INVALID',
    },
  );
});
