import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { writeJson } from '../files/replace-file.ts';
import { clauseFacts, planned, ran, runEnd, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import type { Verdict } from '../record/verdict.ts';
import { markdownText, summaryMarkdown } from './summary-markdown.ts';
import { addToStep, writeSummary } from './write-summary.ts';

const one = planned('one', 'CFG-A');
const recordOf = (verdict: Verdict, startedAt: string, reason = '<b>odd</b> | `x`') =>
  foldRecord([
    runStart([one], [clauseFacts('CFG-A', 'S')], { startedAt }),
    ...ran(one, verdict, reason),
    runEnd,
  ]);
const red = recordOf('fail', '2026-01-31T09:05:07.000Z');
const green = recordOf('pass', '2026-01-30T09:05:07.000Z');

test('has the board by verdicts, and the first failure', () => {
  const text = summaryMarkdown(red, '/runs/a');
  expect(text).toContain('| bench\\-1 | unknown | nightly | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 0 |');
  expect(text).toContain('**First failure**');
  expect(text).toContain('Evidence: \\/runs\\/a');
});

test('what a module sends cannot become markup', () => {
  expect(markdownText('<img src=x> [a](b)\n# | `c` &amp; *d*')).toBe(
    '&lt;img src\\=x\\> \\[a\\]\\(b\\) \\# \\| \\`c\\` &amp;amp\\; \\*d\\*',
  );
  expect(summaryMarkdown(red, '/runs/a')).not.toContain('<b>');
});

test('says what is new since the last run of the rig, and adds to the summary of a step', () => {
  const runs = mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-summary-'));
  const [before, now, step] = ['2026-01-30T09-05-07Z-bench-1', '2026-01-31T09-05-07Z-bench-1', 'step.md'].map(
    (name) => path.join(runs, name),
  ) as [string, string, string];
  mkdirSync(now);
  writeJson(path.join(before, 'run.json'), green);
  const text = writeSummary(now, red);
  addToStep(text, step);
  addToStep(text, step);
  expect(readFileSync(path.join(now, 'summary.md'), 'utf8')).toBe(text);
  expect(text).toContain('1 newly not passed and 0 passed again');
  expect(readFileSync(step, 'utf8')).toBe(`${text}\n${text}\n`);
  rmSync(runs, { recursive: true });
});
