import path from 'node:path';

import { escapeText } from '../../harness/base/escape.ts';
import { noEvidence, type RunEvidence } from '../evidence/test-evidence.ts';
import type { RunRecord } from '../record/record.ts';
import { changeTexts } from '../text/change-texts.ts';
import { caseOfRun, endOf } from './case-of-run.ts';
import { caseOfTest } from './case-of-test.ts';
import { type JunitCase, type JunitRun, type JunitSuite, suiteNameOf } from './junit-case.ts';
import { runName, suiteProperties } from './run-facts.ts';

/** What a report may take from elsewhere than the record. */
export interface JunitSources {
  readonly evidence?: RunEvidence;
  /** The page of the run, which may be made after this file. */
  readonly page?: string;
  /** From where CI sees the files of the run: the workspace or the project's root. */
  readonly seenFrom?: string;
}

/** A path as CI sees it; none if the syntax of an attachment has no way to write it (GitLab: no brackets, no bar). */
function seen(file: string, from: string | undefined): string[] {
  const relative = from === undefined ? file : path.relative(from, file);
  const shown = relative.startsWith('..') ? file : relative;
  return /[[\]|\n]/.test(shown) ? [] : [shown];
}

function suiteOf(label: string, cases: readonly JunitCase[], record: RunRecord): JunitSuite {
  const begun = cases.flatMap(({ startedAt }) => startedAt ?? []);
  const start = begun.length > 0 ? Math.min(...begun) : Date.parse(record.startedAt) || 0;
  return {
    name: `${record.rig} ${label}`,
    startedAt: start,
    cases,
    properties: suiteProperties(record),
  };
}

/**
 * What `junit.xml` says of a run: a suite for each suite file, and one for the run itself. Tests that the profile or
 * `--clause` leaves out are counted there, not listed.
 */
export function junitRun(raw: RunRecord, sources: JunitSources = {}): JunitRun {
  // A module may send characters that XML cannot hold.
  const record = changeTexts(raw, escapeText);
  const { evidence = noEvidence, seenFrom } = sources;
  const page = sources.page === undefined ? [] : seen(sources.page, seenFrom);
  const files = new Map<string, JunitCase[]>();
  raw.tests.forEach(({ name, leftOut }, index) => {
    if (leftOut) return;
    const test = record.tests[index]!;
    const own = evidence.tests.get(name);
    const shown = [...(own?.file === undefined ? [] : seen(own.file, seenFrom)), ...page];
    const cases = files.get(test.file) ?? [];
    files.set(test.file, [...cases, caseOfTest(test, record, own, shown)]);
  });
  const sum = record.tests.reduce((total, { durationMs }) => total + durationMs, 0);
  return {
    name: runName(record),
    durationMs: record.durationMs ?? sum,
    ...(record.host !== undefined && { hostname: record.host }),
    suites: [
      ...[...files].map(([file, cases]) => suiteOf(suiteNameOf(file), cases, record)),
      { ...suiteOf('run', [caseOfRun(record, evidence.tail, page)], record), ...endOf(record) },
    ],
  };
}
