import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

import type { CaseStatus, JunitCase, JunitRun, JunitSuite } from './junit-case.ts';

interface Reporter {
  onRunComplete(contexts: unknown, results: unknown): Promise<void>;
}
type ReporterClass = new (globalConfig: { rootDir: string }, options: Record<string, unknown>) => Reporter;

/** The property by which an element of jest-junit's document is found again. */
export const keyProperty = 'bc26-hil-key';

export const suiteKey = (suite: number): string => `suite ${suite}`;
export const caseKey = (suite: number, number: number): string => `case ${suite} ${number}`;

/** jest-junit's environment variables override its options, so they must not be visible to it. */
const ofJestJunit = (name: string): boolean =>
  name.startsWith('JEST_JUNIT_') || name.startsWith('JEST_USE_PATH');

/**
 * Calls `act` without jest-junit's environment variables. They are restored when this function returns, because
 * jest-junit reads them before its first await.
 */
function withoutForeignSettings<T>(act: () => T): T {
  const foreign = Object.entries(process.env).filter(([name]) => ofJestJunit(name));
  for (const [name] of foreign) delete process.env[name];
  try {
    return act();
  } finally {
    Object.assign(process.env, Object.fromEntries(foreign));
  }
}

/** Options are strings (jest-junit 17); names are functions, since its templates would expand `$&` in them. */
const optionsFor = (file: string, run: JunitRun): Record<string, unknown> => ({
  outputFile: file,
  suiteName: run.name,
  suiteNameTemplate: ({ displayName }: { displayName: string }) => displayName,
  classNameTemplate: ({ classname }: { classname: string }) => classname,
  titleTemplate: ({ title }: { title: string }) => title,
  reportTestSuiteErrors: 'true',
  testSuitePropertiesDirectory: import.meta.dirname,
  testSuitePropertiesFile: 'junit-properties.cjs',
  testCasePropertiesDirectory: import.meta.dirname,
  testCasePropertiesFile: 'junit-case-properties.cjs',
});

/** Jest's words for the statuses, and `error`, which jest-junit supports and Jest never uses. */
const jestStatus: Record<CaseStatus, string> = {
  passed: 'passed',
  failure: 'failed',
  error: 'error',
  skipped: 'pending',
};

const jestResult = ({ classname, name, status, outcome, durationMs }: JunitCase, key: string) => ({
  ancestorTitles: [classname],
  title: name,
  status: jestStatus[status],
  duration: durationMs,
  failureMessages: outcome ? [outcome.body] : [],
  properties: { [keyProperty]: key },
});

function jestFile({ name, startedAt, cases }: JunitSuite, suite: number) {
  const count = (status: CaseStatus) => cases.filter((one) => one.status === status).length;
  const sum = cases.reduce((total, { durationMs }) => total + durationMs, 0);
  return {
    testFilePath: name,
    displayName: name,
    testResults: cases.map((one, number) => jestResult(one, caseKey(suite, number))),
    numPassingTests: count('passed'),
    numFailingTests: count('failure'),
    numPendingTests: count('skipped'),
    perfStats: { start: startedAt, end: startedAt + sum },
    properties: { [keyProperty]: suiteKey(suite) },
  };
}

/** The document as jest-junit writes it; each suite and each test case has the property `keyProperty`. */
export async function jestJunitXml(run: JunitRun): Promise<string> {
  const JestJunit = createRequire(import.meta.url)('jest-junit') as ReporterClass;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-junit-'));
  const file = path.join(folder, 'junit.xml');
  try {
    const reporter = new JestJunit({ rootDir: folder }, optionsFor(file, run));
    const testResults = run.suites.map(jestFile);
    await withoutForeignSettings(() => reporter.onRunComplete([], { startTime: 0, testResults }));
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
