import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { writeJson } from '../files/replace-file.ts';
import { clauseFacts, planned, ran, runEnd, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import type { RunRecord } from '../record/record.ts';
import type { Verdict } from '../record/verdict.ts';
import { changesSince } from './changes.ts';

const runs = mkdtempSync(path.join(tmpdir(), 'changes-'));
afterAll(() => rmSync(runs, { recursive: true }));

const tests = [planned('a', 'CFG-A'), planned('b', 'CFG-B')] as const;

/** A run of rig bench-1 on a day of January, with the verdicts of CFG-A and CFG-B. */
function aRun(day: number, a: Verdict, b: Verdict, own: Partial<RunRecord> = {}): [string, RunRecord] {
  const date = `2026-01-${String(day).padStart(2, '0')}`;
  const dir = path.join(runs, `${date}T01-00-00Z-bench-1`);
  const record = foldRecord([
    runStart(tests, [clauseFacts('CFG-A', 'S'), clauseFacts('CFG-B', 'S')], {
      startedAt: `${date}T01:00:00.000Z`,
    }),
    ...ran(tests[0], a),
    ...ran(tests[1], b),
    runEnd,
  ]);
  mkdirSync(dir, { recursive: true });
  writeJson(path.join(dir, 'run.json'), { ...record, ...own });
  return [dir, record];
}

test('a first run has nothing to be compared with', () => {
  expect(changesSince(...aRun(1, 'pass', 'pass'))).toBeUndefined();
});

test('clauses that were judged otherwise in the last complete run are named; runs that cannot be read are passed over', () => {
  aRun(2, 'pass', 'fail');
  aRun(3, 'fail', 'fail', { state: 'failed' });
  const [unreadable] = aRun(4, 'pass', 'pass');
  writeFileSync(path.join(unreadable, 'run.json'), '{');
  expect(changesSince(...aRun(5, 'fail', 'fail'))).toEqual({
    since: '2026-01-02T01-00-00Z-bench-1',
    changed: [{ clause: 'CFG-A', was: 'pass', is: 'fail' }],
  });
});

test('a later run is none of before, and what was not run has not changed', () => {
  aRun(8, 'fail', 'fail');
  expect(changesSince(...aRun(7, 'not-run', 'fail'))?.since).toBe('2026-01-05T01-00-00Z-bench-1');
  expect(changesSince(...aRun(7, 'not-run', 'fail'))?.changed).toEqual([]);
});
