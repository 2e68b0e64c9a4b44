import { existsSync, readFileSync } from 'node:fs';

import { HilError } from '../../base/error.ts';
import { junitIn, workFolder } from '../e2e/qualify.fixture.ts';
import { reportNoRun } from './report-no-run.ts';
import type { AskedRun } from './run.ts';

const work = workFolder();
afterAll(() => work.end());

const options = (out: string | null): AskedRun => ({
  rig: 'nowhere',
  profile: 'smoke',
  clausePattern: null,
  seed: null,
  maxFailures: null,
  stopAt: null,
  out: out === null ? null : `${work.dir}/${out}`,
  latest: true,
  faults: [],
  timeoutMs: null,
  junit: 'rich',
  waitMs: 0,
});
const unknown = new HilError('RIG_NOT_FOUND', "there is no rig 'nowhere'", { remedy: 'rigs: emulated' });

describe('a run that does not begin', () => {
  test('leaves its one error where its folder would have been', async () => {
    await reportNoRun(options('fresh'), unknown);
    const junit = junitIn(`${work.dir}/fresh`);
    expect(junit).toContain('usage-error: RIG_NOT_FOUND: there is no rig');
    expect(junit).toContain('<property name="exitCode" value="2"/>');
    expect(junit.match(/<testcase/g)).toHaveLength(1);
  });

  test('tells a failed rig from wrong usage', async () => {
    await reportNoRun(options('busy'), new HilError('RIG_BUSY', 'held by pid 1'));
    expect(junitIn(`${work.dir}/busy`)).toContain('<property name="exitCode" value="3"/>');
  });

  test('leaves the files of an earlier run alone, and writes nothing where no folder was named', async () => {
    work.file('run.json', '{}');
    work.file('junit.xml', 'old');
    await reportNoRun(options('.'), unknown);
    expect(readFileSync(`${work.dir}/junit.xml`, 'utf8')).toBe('old');
    await reportNoRun(options(null), unknown);
    expect(existsSync(`${work.dir}/null`)).toBe(false);
  });
});
