#!/usr/bin/env node
// The parent process may end while the program is loaded (`harness/run/parent-watch.ts`).
globalThis[Symbol.for('bc26-hil.parent')] = process.ppid;

// This file keeps to syntax of Node 12, so that a Node too old for the program can say so. Everything else is loaded
// after that.
const needed = [20, 19]; // package.json, `engines`
const found = process.versions.node.split('.').map(Number);
if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  process.stderr.write(
    `bc26-hil: needs Node ${needed.join('.')} or later; this is ${process.versions.node}\n` +
      '  install Node 24 (LTS) from https://nodejs.org/en/download, or with nvm: nvm install 24\n',
  );
  process.exit(2);
}

// Node ends a crash with exit code 1, which here says that the module failed. A crash is the rig's: 3.
function crash(error) {
  const help = /^(ERR_)?MODULE_NOT_FOUND$/.test(error && error.code)
    ? 'run npm ci in the checkout of bc26-hil, then try again'
    : 'this is a mistake in bc26-hil, please report it; `bc26-hil rest --rig …` puts a board at rest';
  try {
    process.stderr.write(`bc26-hil: ${help}\n${(error && error.stack) || error}\n`);
  } catch (unwritten) {
    // Its disk is full. The exit code still tells.
  }
  process.exit(3);
}
process.on('uncaughtException', crash);

async function start() {
  const { load } = await import('../../.config/load.mjs');
  const { judge } = await import('../../.config/judge.mjs');
  const { main } = await load(judge);
  process.exitCode = await main(process.argv.slice(2));
}
start().catch(crash);
