/** Each record's values by number: harness/jest/fixtures/own-values.ts, since a run also recognises them in a module. */
export { numberedValues, numberOfValues } from '../../harness/jest/suite.ts';
