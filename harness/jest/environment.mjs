/**
 * The environment of the suites, as it was built with the commands (`.config/load.mjs`): Jest would transform its two
 * hundred files at each start.
 */
import { judge } from '../../.config/judge.mjs';
import { load } from '../../.config/load.mjs';

const { SuiteEnvironment, ...rest } = await load(judge, 'harness/jest/environment.ts');

export default SuiteEnvironment;
export const { closeSession, suite, suiteName } = rest;
