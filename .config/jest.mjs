/** Runs Jest with the Node flags it needs: `node .config/jest.mjs --selectProjects project harness/at`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { jestCommand } from './jest-command.mjs';

// Both programs are built here (load.mjs), not within the time that the first tests give them to start.
const programs = ['harness/cli/bin.mjs', 'rigs/emulator/main.mjs'].map((entry) =>
  spawn(process.execPath, [path.resolve(import.meta.dirname, '..', entry), '--help'], { stdio: 'ignore' }),
);
await Promise.all(programs.map((program) => once(program, 'exit')));

const jest = spawn(process.execPath, [...jestCommand, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches Jest by itself; other signals are passed on. This process ends when Jest has ended.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => jest.kill(signal));
jest.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
