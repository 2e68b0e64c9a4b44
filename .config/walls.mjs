/**
 * `npm run check:walls`: holds every import against the rooms' files, and the rooms' files against what is used. One
 * reading of all sources serves both.
 */
import { cruise, format } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

import config from './dependency-cruiser.mjs';
import { readRooms, top } from './rooms.mjs';
import { unusedWalls } from './unused-walls.mjs';

const { forbidden, options } = config;
const { output: found } = await cruise(
  top,
  { ...options, validate: true, ruleSet: { forbidden } },
  undefined,
  {
    tsConfig: extractTSConfig(options.tsConfig.fileName),
  },
);
const { output, exitCode } = await format(found, { outputType: 'err-long' });
process.stdout.write(output);
const unused = unusedWalls(readRooms('.'), found.modules);
for (const line of unused) console.log(`  ${line}`);
process.exitCode = exitCode + unused.length > 0 ? 1 : 0;
