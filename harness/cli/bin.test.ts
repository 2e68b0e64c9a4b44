import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const root = path.resolve(import.meta.dirname, '../..');

/** The real bin.mjs in a checkout of its own, with this `main`. */
function start(main: string, installed = true, nodeOptions: readonly string[] = []) {
  const bin = 'harness/cli/bin.mjs';
  for (const made of ['harness/cli', 'harness/jest', 'suites', 'node_modules'])
    mkdirSync(path.join(folder, made), { recursive: true });
  cpSync(path.join(root, bin), path.join(folder, bin));
  for (const name of readdirSync(path.join(root, '.config')).filter((file) => file.endsWith('.mjs')))
    cpSync(path.join(root, '.config', name), path.join(folder, '.config', name));
  writeFileSync(path.join(folder, 'harness/cli/main.ts'), main);
  writeFileSync(path.join(folder, 'harness/jest/environment.ts'), 'export {};');
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  if (installed)
    symlinkSync(path.join(root, 'node_modules/esbuild'), path.join(folder, 'node_modules/esbuild'));
  return execa(process.execPath, [...nodeOptions, path.join(folder, bin)], {
    reject: false,
    timeout: 30_000,
  });
}

/** What a program looks like that goes on after its first step. */
const later = (what: string): string =>
  `export const main = () => new Promise((resolve) => { setTimeout(() => resolve(0), 5_000); ${what} });`;

describe('a crash is never exit code 1, which says that the module failed', () => {
  test('where nothing is installed', async () => {
    const ended = await start(later(''), false);
    expect(ended).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/^bc26-hil: run npm ci /) as string,
    });
  });

  test('where a package is missing further down', async () => {
    const ended = await start("import 'bc26-hil-no-such-package'; export const main = () => 0;");
    expect(ended).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/^bc26-hil: run npm ci /) as string,
    });
  });

  test.each([
    ['while it loads', "throw new Error('boom'); export const main = () => 0;"],
    ['in a callback', later("setTimeout(() => { throw new Error('boom'); }, 1);")],
    ['in a promise that is not awaited', later("void Promise.reject(new Error('boom'));")],
  ])('%s', async (_, main) => {
    const { exitCode, stderr } = await start(main);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^bc26-hil: .*rest --rig/);
    expect(stderr).toContain('boom');
  });
});

test('exit codes of the program’s own stay', async () => {
  expect(await start('export const main = () => 1;')).toMatchObject({ exitCode: 1, stderr: '' });
});

/** Options that make Node say it is this version. */
const pretend = (version: string): string[] => {
  const versions = `{ ...process.versions, node: '${version}' }`;
  const code = `Object.defineProperty(process, 'versions', { value: ${versions} })`;
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
};

test.each(['18.19.0', '20.18.3'])('Node %s is too old', async (version) => {
  const { exitCode, stderr } = await start('export const main = () => 0;', false, pretend(version));
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^bc26-hil: needs Node 20\.19 or later; this is [\d.]+\n {2}install Node \d+ /);
  expect(stderr).toContain(`this is ${version}\n`);
});

test.each(['20.19.0', '21.0.0', '26.4.0'])('Node %s is not', async (version) => {
  expect(await start('export const main = () => 0;', true, pretend(version))).toMatchObject({ exitCode: 0 });
});

test('the oldest Node is that of package.json', () => {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const [, major, minor] =
    /needed = \[(\d+), (\d+)\]/.exec(readFileSync(path.join(import.meta.dirname, 'bin.mjs'), 'utf8')) ?? [];
  expect(engines.node).toMatch(new RegExp(`^>=${major}\\.${minor} `));
});
