import { existsSync } from 'node:fs';
import path from 'node:path';

import { longest } from './longest-first.mjs';

test.each(longest)('%s, which is begun first, is there', (file) => {
  expect(existsSync(path.resolve(import.meta.dirname, '..', file))).toBe(true);
});
