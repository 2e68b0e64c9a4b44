/**
 * What suites get for `suite.ts`: the one that the environment has loaded. Jest gives each suite file a realm with
 * modules of its own, and would load the harness and fast-check anew in each, which took a third of a second and 5 MB.
 */
import { createHash } from 'node:crypto';

import { suite, suiteName } from './environment.mjs';

/** A realm has it where `environment.ts` puts it. */
const code = `export const { ${Object.keys(suite).join(', ')} } = globalThis[Symbol.for('${suiteName}')];\n`;

/** Jest's transform of `suite.ts`. */
const transformer = {
  process: () => ({ code }),
  getCacheKey: () => createHash('sha256').update(code).digest('hex'),
};

export default transformer;
