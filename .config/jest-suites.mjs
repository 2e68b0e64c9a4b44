/**
 * How Jest is set up for every project of jest.config.ts, and for the suites in particular. JavaScript, since `qualify`
 * passes it to the Jest child as it is (harness/run/qualify/jest-child.ts): loading jest.config.ts there would load the
 * TypeScript compiler, which takes 3 s and 80 MB of every run.
 */
export const common = {
  rootDir: '.',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['<rootDir>/reports/(runs|prove)/'],
  // What a test file that failed has left running ends during the next one. With Jest's clean-up of globals it would
  // find execa's without what it needs, and take the whole of a lane that runs in one process down with it.
  testEnvironmentOptions: { globalsCleanup: 'off' },
};

/** The suites: they judge a module, and are started by `qualify`, which owns the board. */
export const suites = {
  ...common,
  displayName: 'suites',
  transform: {
    '/harness/jest/suite\\.ts$': '<rootDir>/harness/jest/suite-of-realm.mjs',
    ...common.transform,
  },
  testEnvironment: '<rootDir>/harness/jest/environment.mjs',
  // Nothing else is searched for tests.
  roots: ['<rootDir>/suites'],
  testMatch: ['<rootDir>/suites/*.suite.ts'],
  globalTeardown: '<rootDir>/harness/jest/teardown.mjs',
};
