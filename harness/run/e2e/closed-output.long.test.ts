import { jest } from '@jest/globals';

import { junitIn, recordIn, start, untilPrinted, workFolder } from './qualify.fixture.ts';

jest.setTimeout(180_000);

const folder = workFolder();
afterAll(() => folder.end());

test('a run whose output is closed ends as usual, with its record and JUnit file', async () => {
  const dir = `${folder.dir}/unread`;
  const run = start(['qualify', '--clause', 'CFG-TEST', '--fault', 'no-qdmpcfg', '--out', dir]);
  await untilPrinted(run.stderr, 'module ');
  run.stdout.destroy();
  run.stderr.destroy();
  await run;
  expect(run.exitCode).toBe(1);
  expect(recordIn(dir)).toMatchObject({ state: 'complete', exitCode: 1 });
  expect(junitIn(dir)).toContain('CFG-TEST');
});
