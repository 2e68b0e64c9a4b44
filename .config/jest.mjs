/** Runs Jest with the Node flags it needs: `node .config/jest.mjs --selectProjects project harness/at`. */
import { spawn } from 'node:child_process';

import { jestCommand } from './jest-command.mjs';

const jest = spawn(process.execPath, [...jestCommand, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches Jest by itself; other signals are passed on. This process ends when Jest has ended.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => jest.kill(signal));
jest.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
