import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { keepTimes, timesOf } from './run-times.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-times-'));
const environment = { BC26_HIL_STATE: folder };
afterAll(() => rmSync(folder, { recursive: true }));

const took = (startMs: number) => ({ startMs, endMs: 1, chapters: { 'a.suite.ts': { ms: 5.5, tests: 2 } } });

test('the last five runs of a rig and a profile are kept', () => {
  for (let run = 1; run <= 7; run++) keepTimes('bench-1', 'nightly', took(run), environment);
  keepTimes('bench-1', 'smoke', took(99), environment);
  expect(timesOf('bench-1', 'nightly', environment).map(({ startMs }) => startMs)).toEqual([3, 4, 5, 6, 7]);
  expect(timesOf('bench-1', 'smoke', environment)).toEqual([took(99)]);
  expect(timesOf('bench-2', 'nightly', environment)).toEqual([]);
});

test.each([
  ['no JSON', '{"nightly": ['],
  ['another form', '{"nightly": [{"startMs": -1}]}'],
  [
    'a test that took no number',
    '{"nightly": [{"startMs": 1, "endMs": 1, "chapters": {"a": {"ms": "x", "tests": 1}}}]}',
  ],
  [
    'a file without tests',
    '{"nightly": [{"startMs": 1, "endMs": 1, "chapters": {"a": {"ms": 1, "tests": 0}}}]}',
  ],
])('a damaged file is as good as none, and is replaced: %s', (_, text) => {
  mkdirSync(path.join(folder, 'times'), { recursive: true });
  writeFileSync(path.join(folder, 'times', 'broken.json'), text);
  expect(timesOf('broken', 'nightly', environment)).toEqual([]);
  keepTimes('broken', 'nightly', took(1), environment);
  expect(timesOf('broken', 'nightly', environment)).toEqual([took(1)]);
});
