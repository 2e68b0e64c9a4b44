import { readFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { recordIn, root, run, workFolder } from './qualify.fixture.ts';

jest.setTimeout(600_000);

const work = workFolder();
afterAll(() => work.end());

/** Boots in a tenth of a second: a sweep is a boot for each cut. */
const rig = work.file(
  'sweep.yaml',
  readFileSync(path.join(root, 'rigs/emulated.yaml'), 'utf8').replace(
    '  settings:\n',
    '  settings:\n    bootMs: 100\n',
  ),
);

/** Sweeps all records of a module with these faults, up to the first failed test. */
async function swept(name: string, ...faults: string[]) {
  const out = path.join(work.dir, name);
  const chosen = ['--profile', 'release', '--clause', 'CUT-MOMENT', '--seed', '1', '--max-failures', '1'];
  const on = faults.flatMap((fault) => ['--fault', fault]);
  const { exitCode, stderr } = await run([
    'qualify',
    '--rig',
    rig,
    ...chosen,
    ...on,
    '--out',
    out,
    '--no-latest',
  ]);
  return { exitCode, stderr, out };
}

const faulty = [
  'nvram-torn',
  'nvram-spills',
  'durable-50-ms-after-ok',
  'durable-300-ms-after-ok',
  'durable-2000-ms-after-ok',
] as const;

// Together: a run mostly waits for boots. Begun here, so that the slowest of them takes as long as all.
const healthy = swept('healthy');
const runs = new Map(faulty.map((fault) => [fault, swept(fault, fault)]));

test('a sound module passes, and the run says of each record when its old values become the new', async () => {
  const { exitCode, stderr, out } = await healthy;
  // A part of a release run is never 0: it leaves stated clauses out.
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
  const record = recordIn(out);
  expect(record.tests.filter(({ verdict }) => ['fail', 'flaky', 'rig-error'].includes(verdict))).toEqual([]);
  expect(record.clauses.find(({ id }) => id === 'CUT-MOMENT')?.verdict).toBe('pass');
  expect(record.cutSweeps).toHaveLength(9);
  for (const { record: name, cuts } of record.cutSweeps) {
    expect([name, new Set(cuts.map(({ found }) => found))]).toEqual([name, new Set(['old', 'new'])]);
    expect(record.observations[`CUT-MOMENT.${name.replace(' ', '-')}`]).toMatch(/^(old up to|between) -?\d+/);
  }
  // Fills all records, then a write for each cut, and one more where the last was not answered; and the restore.
  const cuts = record.cutSweeps.reduce((sum, sweep) => sum + sweep.cuts.length, 0);
  expect(record.counters.nvramWrites).toBeLessThanOrEqual(cuts + 2 * 9 + 9 + 18);
  expect(cuts).toBeLessThanOrEqual(9 * 14);
});

test.each(faulty)('a sweep finds %s', async (fault) => {
  const { exitCode, stderr, out } = await runs.get(fault)!;
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
  const failed = recordIn(out).tests.filter(({ verdict }) => verdict === 'fail');
  expect(failed.map(({ file }) => file)).toEqual(['66-cut-sweep.suite.ts']);
  expect(failed[0]?.clauses).toContain('CUT-MOMENT');
});
