#!/usr/bin/env node
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Node ends a crash with exit code 1, which here says that the module failed. A crash is the rig's: 3.
function crash(error) {
  const help = /^(ERR_)?MODULE_NOT_FOUND$/.test(error?.code)
    ? 'run npm ci in the checkout of bc26-hil, then try again'
    : 'this is a mistake in bc26-hil, please report it; `bc26-hil rest --rig …` puts a board at rest';
  process.stderr.write(`bc26-hil: ${help}\n${error?.stack ?? error}\n`);
  process.exit(3);
}
// The parent process may end while the program is loaded (`harness/run/parent-watch.ts`).
globalThis[Symbol.for('bc26-hil.parent')] = process.ppid;
process.on('uncaughtException', crash);
try {
  // tsx keeps a cache in the folder for temporary files. Where that cannot be, it would try for ever (in /proc) or give up.
  try {
    rmdirSync(mkdtempSync(path.join(tmpdir(), 'bc26-hil-')));
  } catch {
    process.env.TSX_DISABLE_CACHE = '1';
  }
  // tsx strips the types as files are loaded, so that the commands run without a build. It stays out of Jest's
  // process, whose module loader it breaks: Jest transforms its files with @swc/jest (jest.config.ts).
  const { register } = await import('tsx/esm/api');
  register();
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  crash(error);
}
