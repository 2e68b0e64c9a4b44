/** @jest-config-loader ts-node */
/** @jest-config-loader-options {"swc": true} */
// The three ways by which TypeScript becomes JavaScript here; none checks types (`npm run check:types` does):
// ts-node with swc loads this file, since Jest has no other loader for a typed configuration with ES modules;
// @swc/jest transforms what Jest runs, by .swcrc; esbuild builds the commands, what Jest loads of the harness for the
// suites, and the emulator when they are started (.config/load.mjs).
import type { Config } from 'jest';

import { common, suites } from './.config/jest-suites.mjs';

/**
 * `project` is what proves this repository (npm test), `long` the part of it that takes long and `kernel` the
 * part that needs a kernel with simulated GPIO chips (npm run test:long); `pi` runs in an emulated Raspberry Pi (npm
 * run test:pi); `suites` judges a module and is
 * started by `qualify`, which owns the board (`harness/run`).
 */
const config: Config = {
  // Most of what takes time here waits for a wire, a boot or a process: more workers than cores.
  maxWorkers: 3,
  testSequencer: '<rootDir>/.config/longest-first.mjs',
  // Jest's own five seconds are less than what a program may take to start on a busy machine. No test waits for
  // this: what it awaits has limits of its own that say what was missing. Jest reads it here alone, not in a project.
  testTimeout: 30_000,
  projects: [
    {
      ...common,
      displayName: 'project',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(long|kernel|pi)\\.test\\.ts$'],
    },
    {
      ...common,
      displayName: 'long',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/**/*.long.test.ts'],
    },
    {
      ...common,
      displayName: 'kernel',
      testEnvironment: 'node',
      // The rest of the repository is not searched: the kernel's view of the host's files is a slow one.
      roots: ['<rootDir>/rigs'],
      testMatch: ['<rootDir>/rigs/**/*.kernel.test.ts'],
    },
    {
      ...common,
      displayName: 'pi',
      testEnvironment: 'node',
      roots: ['<rootDir>/rigs'],
      testMatch: ['<rootDir>/rigs/**/*.pi.test.ts'],
    },
    suites,
  ],
};

export default config;
