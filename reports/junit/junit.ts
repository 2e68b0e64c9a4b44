import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

import { SaxesParser } from 'saxes';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { RunRecord } from '../record/record.ts';
import { type JunitCase, junitResults, type JunitSuite } from './junit-results.ts';

interface Reporter {
  onRunComplete(contexts: unknown, results: unknown): Promise<void>;
}
type ReporterClass = new (globalConfig: { rootDir: string }, options: Record<string, unknown>) => Reporter;

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
const optionsFor = (file: string): Record<string, unknown> => ({
  outputFile: file,
  suiteName: 'bc26-hil',
  suiteNameTemplate: ({ displayName }: { displayName: string }) => displayName,
  classNameTemplate: ({ classname }: { classname: string }) => classname,
  titleTemplate: ({ title }: { title: string }) => title,
  addFileAttribute: 'true',
  reportTestSuiteErrors: 'true',
  testSuitePropertiesDirectory: import.meta.dirname,
  testSuitePropertiesFile: 'junit-properties.cjs',
  testCasePropertiesDirectory: import.meta.dirname,
  testCasePropertiesFile: 'junit-case-properties.cjs',
});

/** The file as jest-junit writes it. */
async function render(suites: readonly JunitSuite[]): Promise<string> {
  const JestJunit = createRequire(import.meta.url)('jest-junit') as ReporterClass;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-junit-'));
  const file = path.join(folder, 'junit.xml');
  try {
    const reporter = new JestJunit({ rootDir: folder }, optionsFor(file));
    await withoutForeignSettings(() => reporter.onRunComplete([], { startTime: 0, testResults: suites }));
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Escapes a text for an attribute; `escapeText` has already replaced characters that XML cannot hold. */
const inAttribute = (text: string): string =>
  text.replace(/[&<>"\n\t]/g, (char) => `&#${char.charCodeAt(0)};`);

const setAttribute = (tag: string, name: string, value: string): string =>
  tag.replace(new RegExp(` ${name}="[^"]*"`), () => ` ${name}="${value}"`);

const seconds = (ms: number): string => String(ms / 1000);

/**
 * Adds what jest-junit does not write: the number of errors, the run's own duration, and the messages of skips, failures
 * and errors in attributes, where viewers look. In its file every `<` opens a tag.
 */
function completeXml(xml: string, suites: readonly JunitSuite[], durationMs: number): string {
  const cases = suites.flatMap(({ testResults }) => testResults);
  const errors = (all: readonly JunitCase[]) => String(all.filter(({ status }) => status === 'error').length);
  const tests = (all: readonly JunitCase[]) => String(all.length);
  const counted = (tag: string, all: readonly JunitCase[], ms: number) =>
    [
      ['tests', tests(all)],
      ['errors', errors(all)],
      ['time', seconds(ms)],
    ].reduce((done, [name = '', value = '']) => setAttribute(done, name, value), tag);
  const skips = cases.flatMap(({ skipReason }) => skipReason ?? [])[Symbol.iterator]();
  const failures = cases.flatMap(({ failure }) => failure ?? [])[Symbol.iterator]();
  const remaining = suites[Symbol.iterator]();
  return (
    xml
      .replace(/<testsuites [^>]*>/, (tag) => counted(tag, cases, durationMs))
      .replace(/<testsuite [^>]*>/g, (tag) => {
        const { testResults = [], perfStats } = (remaining.next().value ?? {}) as Partial<JunitSuite>;
        return counted(tag, testResults, perfStats ? perfStats.end - perfStats.start : 0);
      })
      // The run itself has no file.
      .replace(/(<testcase classname="run" [^>]*?) file="[^"]*"/, '$1')
      .replace(/<(failure|error)>/g, (_, name) => {
        const { type, message } = (failures.next().value ?? {}) as Partial<NonNullable<JunitCase['failure']>>;
        return `<${name} type="${inAttribute(type ?? '')}" message="${inAttribute(message ?? '')}">`;
      })
      .replace(/<skipped\s*(\/>|>\s*<\/skipped>)/g, () => {
        const reason = skips.next().value ?? '';
        return `<skipped message="${inAttribute(reason)}"/>`;
      })
  );
}

/**
 * Checks with a strict parser that the file is well-formed.
 * @throws REPORT_FAILED if not: that is a bug of the harness, whatever the module sent
 */
export function checkWellFormed(xml: string): void {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (cause) => {
    throw new HilError('REPORT_FAILED', `the JUnit file is not well-formed: ${messageOf(cause)}`, {
      remedy: 'this is a bug of bc26-hil: please report it with run.json; the record itself is valid',
      cause,
    });
  });
  parser.write(xml).close();
}

/** The text of `junit.xml`, made from the record only: the same record gives the same bytes. */
export async function junitXml(record: RunRecord): Promise<string> {
  const suites = junitResults(record);
  const sum = record.tests.reduce((total, { durationMs }) => total + durationMs, 0);
  const xml = completeXml(await render(suites), suites, record.durationMs ?? sum);
  checkWellFormed(xml);
  return xml;
}

/** Writes `junit.xml` in one step. @throws REPORT_FAILED */
export async function writeJunit(file: string, record: RunRecord): Promise<void> {
  replaceFile(file, await junitXml(record));
}
