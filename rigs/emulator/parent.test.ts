import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MAIN = path.resolve(import.meta.dirname, 'main.mjs');

test('the program ends when its parent has gone while it was starting', async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'emulator-parent-'));
  const child = spawn(process.execPath, [MAIN, '--dir', dir], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    child.disconnect();
    // The program starts in a third of a second.
    expect(await once(child, 'exit', { signal: AbortSignal.timeout(20_000) })).toEqual([0, null]);
    expect(fs.readdirSync(dir)).toEqual([]);
  } finally {
    child.kill('SIGKILL');
    fs.rmSync(dir, { recursive: true, force: true });
  }
}, 30_000);
