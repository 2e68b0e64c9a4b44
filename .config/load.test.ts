import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import * as nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { jest } from '@jest/globals';
import { execa } from 'execa';

// A test starts up to three processes, and each builds a program: three seconds of processor time in all.
jest.setTimeout(90_000);

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-test-'));
  root = checkout('checkout');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A small program that reads the files of a folder by name. */
const sources = {
  'package.json': '{ "type": "module" }',
  'node_modules/.keep': '',
  'kinds/one.ts': "export const says: string = 'one';",
  'main.ts': `import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fail } from './fail.ts';
const kinds = path.join(import.meta.dirname, 'kinds');
const built = (globalThis as { [name: symbol]: Map<string, string> | undefined })[Symbol.for('bc26-hil.built')];
for (const file of readdirSync(kinds).sort())
  console.log((await import(built?.get(path.join(kinds, file)) ?? path.join(kinds, file)) as { says: string }).says);
if (process.argv.includes('fail')) fail();
if (process.argv.includes('kept')) console.log(process.env['NODE_COMPILE_CACHE'] ?? 'nowhere');`,
  'fail.ts': `interface Unused { readonly name: string }
export type Never = Unused;

export function fail(): void { throw new Error('on line 4'); }`,
};

function checkout(name: string): string {
  for (const [file, text] of Object.entries(sources)) write(path.join(folder, name, file), text);
  return path.join(folder, name);
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const programAt = (at: string, entry = 'main.ts'): string =>
  `{ root: '${at}', entry: '${entry}', reads: { folder: 'kinds', files: /\\.ts$/ } }`;

/** Code that loads a program as a command does. */
const loading = (program: string, loader = import.meta.dirname): string =>
  `import { load } from '${path.join(loader, 'load.mjs')}'; await load(${program});`;

const run = (code: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  execa(process.execPath, ['--input-type=module', '-e', code, ...args], {
    env,
    reject: false,
    timeout: 90_000,
  });

const start = (at = root, ...args: string[]) => run(loading(programAt(at)), args);

const record = () => path.join(root, 'node_modules/.cache/bc26-hil/main.ts.json');
const builtIn = () => (JSON.parse(readFileSync(record(), 'utf8')) as { folder: string }).folder;

test('builds a program once', async () => {
  expect(await start()).toMatchObject({ stdout: 'one', stderr: '' });
  const first = builtIn();
  expect(await start()).toMatchObject({ stdout: 'one', stderr: '' });
  expect(builtIn()).toBe(first);
});

test('keeps in the build what Node compiled, where this Node can', async () => {
  await start();
  await start();
  const canKeep = 'enableCompileCache' in nodeModule;
  expect(existsSync(path.join(builtIn(), 'compiled'))).toBe(canKeep);
});

test('where it keeps that is told to no program that it starts, unless the user said so', async () => {
  await start();
  const told = (folder: string) => run(loading(programAt(root)), ['kept'], { NODE_COMPILE_CACHE: folder });
  expect((await told(path.join(builtIn(), 'compiled'))).stdout).toBe('one\nnowhere');
  expect((await told(folder)).stdout).toBe(`one\n${folder}`);
});

test('builds it again when a source was written, keeping what a running program may still load', async () => {
  await start();
  const first = builtIn();
  write(path.join(root, 'kinds/one.ts'), "export const says: string = 'two';");
  expect((await start()).stdout).toBe('two');
  expect(existsSync(first)).toBe(true);
});

/** As if nothing had been written there for two days. */
const age = (at: string): void => utimesSync(at, Date.now() / 1000 - 172_800, Date.now() / 1000 - 172_800);

test('keeps an old build that was used today', async () => {
  await start();
  const first = builtIn();
  age(first);
  await start();
  write(path.join(root, 'kinds/one.ts'), "export const says: string = 'two';");
  await start();
  expect(existsSync(first)).toBe(true);
});

test('keeps the build of another program, however old', async () => {
  await start();
  const first = builtIn();
  age(first);
  write(path.join(root, 'other.ts'), "console.log('other');");
  expect((await run(loading(programAt(root, 'other.ts')))).stdout).toBe('other');
  expect(existsSync(first)).toBe(true);
});

test('removes an old build that no program has used', async () => {
  const left = path.join(root, 'node_modules/.cache/bc26-hil/build-left');
  mkdirSync(left, { recursive: true });
  age(left);
  write(path.join(path.dirname(left), 'other.ts.json'), '');
  expect((await start()).stderr).toBe('');
  expect(existsSync(left)).toBe(false);
});

test('builds it again when a source of the same size and time takes the place of another', async () => {
  const source = path.join(root, 'kinds/one.ts');
  utimesSync(source, 1_700_000_000, 1_700_000_000);
  await start();
  write(source, "export const says: string = 'two';");
  utimesSync(source, 1_700_000_000, 1_700_000_000);
  expect((await start()).stdout).toBe('two');
});

test.each([
  ['how TypeScript is read', 'checkout/tsconfig.json', '{ "compilerOptions": { "target": "es2023" } }'],
  ['what builds it', '.config/program.mjs', '// Another.'],
])('builds it again when %s changes', async (_, file, text) => {
  // A loader of its own, as each checkout has.
  const loader = path.join(folder, '.config');
  cpSync(import.meta.dirname, loader, { recursive: true });
  symlinkSync(path.resolve(import.meta.dirname, '../node_modules'), path.join(folder, 'node_modules'));
  const code = loading(programAt(root), loader);
  await run(code);
  const first = builtIn();
  writeFileSync(path.join(folder, file), `\n${text}`, { flag: 'a' });
  expect(await run(code)).toMatchObject({ stdout: 'one', stderr: '' });
  expect(builtIn()).not.toBe(first);
});

test('builds it again when a file appears that is found by its name', async () => {
  await start();
  write(path.join(root, 'kinds/three.ts'), "export const says: string = 'three';");
  expect((await start()).stdout).toBe('one\nthree');
});

test('builds it again when its JavaScript is gone', async () => {
  await start();
  rmSync(builtIn(), { recursive: true });
  expect((await start()).stdout).toBe('one');
});

test('a clock that is set while it builds, as on a Raspberry Pi after its start, costs it nothing', async () => {
  // To JavaScript the clock is 40 years ahead of what the file system wrote.
  const set = 'const before = Date.now; Date.now = () => before() + 40 * 365 * 24 * 3_600_000;';
  expect(await run(`${set}\n${loading(programAt(root))}`)).toMatchObject({ stdout: 'one', stderr: '' });
});

test('builds a checkout that was copied for itself', async () => {
  await start();
  const copy = path.join(folder, 'copy');
  cpSync(root, copy, { recursive: true, preserveTimestamps: true });
  write(path.join(root, 'kinds/one.ts'), "export const says: string = 'elsewhere';");
  await start();
  expect((await start(copy)).stdout).toBe('one');
});

test('several processes may build it at once', async () => {
  const ended = await Promise.all([start(), start(), start()]);
  expect(ended.map(({ stdout }) => stdout)).toEqual(['one', 'one', 'one']);
});

test('an error names the line of the source', async () => {
  const { stderr } = await start(root, 'fail');
  expect(stderr).toContain('Error: on line 4\n');
  expect(stderr).toMatch(/at fail \(file:.*\/checkout\/fail\.ts:4:\d+\)/);
  expect(stderr).toMatch(/at file:.*\/checkout\/main\.ts:8:\d+/);
});

test('a source that is no TypeScript is named with its line', async () => {
  write(path.join(root, 'kinds/one.ts'), 'export const says: string = ;');
  const { stderr, exitCode } = await start();
  expect(exitCode).not.toBe(0);
  expect(stderr).toMatch(/kinds\/one\.ts:1:\d+: ERROR/);
});

test('works without a cache, with the same lines', async () => {
  write(path.join(root, 'node_modules/.cache'), 'a file where the folder would be');
  expect(await start()).toMatchObject({ stdout: 'one', stderr: '' });
  expect((await start(root, 'fail')).stderr).toMatch(/at fail \(.*\/checkout\/fail\.ts:4:\d+\)/);
});
