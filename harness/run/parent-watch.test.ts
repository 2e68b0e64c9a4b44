import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { execa } from 'execa';

import { bin, root, workFolder } from './e2e/qualify.fixture.ts';

const folder = workFolder();
afterAll(() => folder.end());

test('a parent that ends while all is still being loaded is noticed', async () => {
  const begun = path.join(folder.dir, 'begun');
  await promisify(execFile)('mkfifo', [begun]);
  // Says that Node has begun, right before the program's first line; all else takes a second to load.
  const saying = `data:text/javascript,import fs from "node:fs"; fs.writeFileSync(process.env.BEGUN, "begun")`;
  const parent = `"$0" --import '${saying}' "$1" at --rig emulated AT & cat < "$BEGUN" && sleep 0.3`;
  // What the shell leaves behind holds the pipes until its own end.
  const { all } = await execa('sh', ['-c', parent, process.execPath, bin], {
    cwd: root,
    all: true,
    stdin: 'ignore',
    env: { BEGUN: begun },
  });
  // Nothing was asked of the module: an orphan that is not noticed prints its OK.
  expect(all).toBe('begun');
});
