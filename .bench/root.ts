import path from 'node:path';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '..');
export const bin = path.join(root, 'harness', 'cli', 'bin.mjs');
