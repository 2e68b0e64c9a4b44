import path from 'node:path';

import { jest } from '@jest/globals';
import { execa } from 'execa';

import type { RunRecord } from '../../../reports/record/record.ts';
import { bin, junitIn, recordIn, run, workFolder } from './qualify.fixture.ts';

const folder = workFolder();
afterAll(() => folder.end());

jest.setTimeout(900_000);

/** Judges both commands of an emulated module with these faults. */
async function judged(...faults: readonly string[]) {
  const out = path.join(folder.dir, faults.join('-'));
  const { exitCode, stdout } = await run([
    ...['qualify', '--profile', 'smoke', '--clause', 'CFG-*,EX-*', '--seed', '1', '--out', out],
    ...faults.flatMap((fault) => ['--fault', fault]),
  ]);
  return { out, exitCode, stdout, record: recordIn(out) };
}

/** Left out: several emulated modules on one machine may all answer late. */
const inBrief = ({ causes }: RunRecord): readonly string[] =>
  causes
    .filter(({ clauses }) => !clauses.some((id) => id === 'CFG-TIME' || id === 'EX-TIME'))
    .map(({ kind, subject }) => `${kind} ${subject}`);

test('a fault that fails dozens of tests is named once, first, with a command that shows it', async () => {
  const { out, exitCode, stdout, record } = await judged('imei-15-refused');
  expect(exitCode).toBe(1);
  const failed = record.tests.filter(({ verdict }) => verdict === 'fail').length;
  expect(failed).toBeGreaterThan(20);
  expect(inBrief(record)).toEqual(['refuses an IMEI of 15 bytes']);
  const [cause] = record.causes;
  expect(cause).toMatchObject({
    against: 0,
    clauses: expect.arrayContaining(['CFG-IMEI-LENGTH']) as string[],
  });
  const [, shows = ''] =
    /; to see it: bc26-hil (at --rig emulated --fault \S+ '.*')$/.exec(cause?.text ?? '') ?? [];
  const seen = await execa(`'${process.execPath}' '${bin}' ${shows}`, { shell: true, reject: false });
  expect(seen).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('+CME ERROR: 50') as string });
  expect(stdout).toMatch(/^What explains the failures\n {2}refuses an IMEI of 15 bytes \(CFG-IMEI-LENGTH/m);
  expect(stdout.indexOf('What explains')).toBeLessThan(stdout.indexOf('Profile smoke'));
  const failures = [...junitIn(out).matchAll(/<failure [^>]*>(?:<!\[CDATA\[)?(.*)/g)].map(
    ([, first]) => first,
  );
  expect(failures.length).toBe(failed);
  for (const first of failures) expect(first).toMatch(/^refuses an IMEI of 15 bytes .*: .*expected .*, got /);
});

test('five faults at once are five causes, and no sixth', async () => {
  const faults = [
    'imei-17-refused',
    'mode-2-accepted',
    'erase-server-nothing',
    'no-test-form',
    'ex-null-refused',
  ];
  const { record } = await judged(...faults);
  expect(inBrief(record).toSorted()).toEqual([
    'accepts access mode 2',
    'breaks CFG-ERASE-1',
    'breaks CFG-TEST',
    'refuses "NULL"',
    'refuses an IMEI of 17 bytes',
  ]);
});
