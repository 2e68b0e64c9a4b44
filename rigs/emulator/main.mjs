import path from 'node:path';

import { load } from '../../.config/load.mjs';

await load({
  root: path.resolve(import.meta.dirname, '../..'),
  entry: 'rigs/emulator/main.ts',
  reads: {
    folder: 'rigs/emulator/faults',
    files: /^(kinds|generated\/operators)\/(?!.*\.(test|fixture)\.ts$).*\.ts$/,
  },
});
