import path from 'node:path';

/**
 * The arguments of `node` that start Jest, without Jest's own options. The one place for these flags: the scripts of
 * package.json use them through jest.mjs, the programs that start Jest import them.
 * --experimental-vm-modules: Jest loads ES modules through node:vm. Node warns about that flag at every start.
 */
export const jestCommand = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  path.resolve(import.meta.dirname, '../node_modules/jest/bin/jest.js'),
];
