import path from 'node:path';

/**
 * The judge as a program (`load.mjs`): the commands, and what Jest loads of the harness when `qualify` starts it.
 * @type {import('./program.mjs').Program}
 */
export const judge = {
  root: path.resolve(import.meta.dirname, '..'),
  entry: 'harness/cli/main.ts',
  also: ['harness/jest/environment.ts'],
  reads: { folder: 'suites', files: /\.suite\.ts$/ },
};
