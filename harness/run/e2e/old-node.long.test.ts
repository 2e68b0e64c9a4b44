import path from 'node:path';

import { execa } from 'execa';

import { bin, workFolder } from './qualify.fixture.ts';

const folder = workFolder();
afterAll(() => folder.end());

test('the real Node 18 says that it is too old', async () => {
  // Each of these packages holds the program alone, and has no script.
  const name = `node-linux-${process.arch}`;
  const options = [
    '--prefix',
    folder.dir,
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--no-package-lock',
  ];
  await execa('npm', ['install', ...options, `${name}@18.20.8`], { cwd: folder.dir, timeout: 300_000 });
  const node = path.join(folder.dir, 'node_modules', name, 'bin/node');
  // NODE_OPTIONS of npm and Jest are not all options of an old Node.
  const ended = await execa(node, [bin, 'rigs'], {
    env: { NODE_OPTIONS: '' },
    reject: false,
    timeout: 60_000,
  });
  expect(ended).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringMatching(/^bc26-hil: needs Node 20\.19 or later; this is 18\.20\.8\n/) as string,
  });
}, 400_000);
