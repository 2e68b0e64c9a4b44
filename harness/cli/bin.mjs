#!/usr/bin/env node
// Exit code 1 says that the module failed, and is what Node ends with by itself: whatever crashes here is the rig's, 3.
function crash(error) {
  const help = /^(ERR_)?MODULE_NOT_FOUND$/.test(error?.code)
    ? 'run npm ci in the checkout of bc26-hil, then try again'
    : 'a mistake of this harness: please report it; `bc26-hil rest --rig …` puts a board at rest';
  process.stderr.write(`bc26-hil: ${help}\n${error?.stack ?? error}\n`);
  process.exit(3);
}
// Whoever started us may end while all else is loaded (`harness/run/parent-watch.ts`).
globalThis[Symbol.for('bc26-hil.parent')] = process.ppid;
process.on('uncaughtException', crash);
try {
  const { register } = await import('tsx/esm/api');
  register();
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  crash(error);
}
