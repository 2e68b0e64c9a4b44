// level-watcher.fixture.mjs FILE: reads a simulated line's level every millisecond, since there is no event for it, and
// prints each change as `LEVEL LAST FIRST`: when the old level was seen last and the new one first, monotonic ns.
// A process of its own, so that the test does not delay it. SIGTERM ends it after a last look.
import { openSync, readSync, writeSync } from 'node:fs';

const file = openSync(process.argv[2], 'r');
const text = Buffer.alloc(1);

function look() {
  const at = process.hrtime.bigint();
  readSync(file, text, 0, 1, 0);
  return { level: text.toString(), at, done: process.hrtime.bigint() };
}

let last = look();

function compare() {
  const now = look();
  // The old level was present when its look began, the new one when its look ended.
  if (now.level !== last.level) writeSync(1, `${now.level} ${last.at} ${now.done}\n`);
  last = now;
}

process.once('SIGTERM', () => {
  compare();
  process.exit();
});
setInterval(compare, 1);
writeSync(1, 'watching\n');
