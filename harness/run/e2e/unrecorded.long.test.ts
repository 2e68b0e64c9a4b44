import { mkdirSync, rmSync } from 'node:fs';

import { jest } from '@jest/globals';

import { descendants, left, untilUnderWay } from './endings.fixture.ts';
import { junitIn, recordIn, run, start, workFolder } from './qualify.fixture.ts';

jest.setTimeout(60_000);

const folder = workFolder();
afterAll(() => folder.end());

test('a JUnit file that cannot be written is the rig’s failure, in exit code, record and summary alike', async () => {
  const dir = `${folder.dir}/no-junit`;
  mkdirSync(`${dir}/junit.xml/full`, { recursive: true });
  const { exitCode, stdout } = await run([
    'qualify',
    '--clause',
    'CFG-TEST',
    '--fault',
    'no-qdmpcfg',
    '--out',
    dir,
  ]);
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/REPORT_FAILED: cannot write .*junit\.xml/);
  expect(stdout).toContain('Exit code 3');
  expect(recordIn(dir)).toMatchObject({ state: 'failed', exitCode: 3 });
});

test('a run whose folder can no longer be written is the rig’s failure, with its summary and JUnit, and no process left', async () => {
  const dir = `${folder.dir}/barred`;
  const child = start(['qualify', '--out', dir]);
  await untilUnderWay(child);
  const below = descendants(child.pid!);
  // A folder in the place of run.json cannot be replaced by any user. It stands for a full disk.
  rmSync(`${dir}/run.json`);
  mkdirSync(`${dir}/run.json/full`, { recursive: true });
  const { exitCode, stdout } = await child;
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/rig error: REPORT_FAILED: cannot write .*run\.json/);
  expect(junitIn(dir)).toContain('REPORT_FAILED');
  expect(await left(below, 1_000)).toEqual([]);
});
