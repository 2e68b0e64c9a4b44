import { jest } from '@jest/globals';
import { mkdirSync, rmSync } from 'node:fs';
import { descendants, left, untilUnderWay } from './endings.fixture.ts';
import { junitIn, start, workFolder } from './qualify.fixture.ts';

jest.setTimeout(60_000);

const folder = workFolder();
afterAll(() => folder.end());

test('a run whose folder takes no more is the rig’s failure, with its summary and JUnit, and no process left', async () => {
  const dir = `${folder.dir}/barred`;
  const run = start(['qualify', '--out', dir]);
  await untilUnderWay(run);
  const below = descendants(run.pid!);
  // In the way of run.json, whoever we are: as a disk that is full.
  rmSync(`${dir}/run.json`);
  mkdirSync(`${dir}/run.json/full`, { recursive: true });
  const { exitCode, stdout } = await run;
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/rig error: REPORT_FAILED: cannot write .*run\.json/);
  expect(junitIn(dir)).toContain('REPORT_FAILED');
  expect(await left(below, 1_000)).toEqual([]);
});
