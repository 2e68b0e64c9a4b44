/** The values that the suites save: harness/jest/fixtures/own-values.ts, since a run also recognises them in a module. */
export {
  credentials,
  extendedSamples,
  longAccounts,
  longServers,
  otherCredentials,
  otherExtendedSamples,
  otherServer,
  server,
} from '../../harness/jest/suite.ts';
