import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { mergeToString } from 'junit-report-merger';
import { parse as readAsJson } from 'junit2json';
import { parse as readResults } from 'test-results-parser';

import { describeWithProgram, outputOf } from '../../harness/platform/external-program.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import { type Ending, endings } from './endings.fixture.ts';
import { junitXml } from './junit.ts';
import { parse as strictly } from './junit-document.fixture.ts';
import type { JunitSources } from './junit-run.ts';

/**
 * Readers are made of xml2js, fast-xml-parser and xmlbuilder2: what one of them shows, others do. Not run is xunit-viewer: it
 * brings 172 packages (48 MB), whose installation takes 12 s of a processor, and reads by xml2js, as junit2json does.
 */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-readers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const xmlOf = ({ entries }: Ending, sources: JunitSources = {}): Promise<string> =>
  junitXml(foldRecord(entries), sources);
const rows = endings.map((ending) => [ending.name, ending] as const);

const as = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : ([value].flat() as T[]);

test.each(rows)('junit2json (xml2js) counts and shows: %s', async (_name, ending) => {
  const read = await readAsJson(await xmlOf(ending));
  const suites = read && 'testsuite' in read ? as(read.testsuite) : [];
  const cases = suites.flatMap((suite) => as(suite.testcase));
  const counted = {
    tests: cases.length,
    failures: cases.filter(({ failure }) => failure).length,
    errors: cases.filter(({ error }) => error).length,
    skipped: cases.filter(({ skipped }) => skipped).length,
  };
  expect(counted).toEqual(ending.found);
  const shown = cases.flatMap(({ failure, error, skipped }) => [failure, error, skipped].flatMap(as));
  for (const one of shown) expect(JSON.stringify(one)).toMatch(/"(inner|message)":"./);
  if (ending.says !== undefined)
    expect(JSON.stringify(shown)).toContain(JSON.stringify(ending.says).slice(1, -1));
});

test.each(rows)('test-results-parser (fast-xml-parser) counts and shows: %s', async (_name, ending) => {
  const file = path.join(folder, 'junit.xml');
  writeFileSync(file, await xmlOf(ending));
  const { suites } = readResults({ type: 'junit', files: [file] });
  const cases = suites.flatMap((suite) => suite.cases);
  const { tests, failures, errors, skipped } = ending.found;
  const having = (status: string) => cases.filter((one) => one.status === status);
  expect([cases.length, having('FAIL').length, having('SKIP').length]).toEqual([
    tests,
    failures + errors,
    skipped,
  ]);
  for (const one of having('FAIL')) {
    expect(one.failure).not.toBe('');
    expect(one.attachments).toEqual([]);
  }
  expect(suites.at(-1)?.name).toBe('bench-1 run');
});

test('junit-report-merger (xmlbuilder2) keeps what two rigs say apart', async () => {
  const files = await Promise.all(
    endings.map(async (ending, number) => {
      const file = path.join(folder, `${number}.xml`);
      writeFileSync(file, await xmlOf(ending));
      return file;
    }),
  );
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  const merged = strictly(await mergeToString(texts));
  const sum = (key: keyof Ending['found']) => String(endings.reduce((n, { found }) => n + found[key], 0));
  expect(merged.attributes).toMatchObject({
    tests: sum('tests'),
    failures: sum('failures'),
    errors: sum('errors'),
  });
});

const module = '/usr/lib/python3/dist-packages/junitparser/__init__.py';

/** What junitparser finds in a file: its counters, and each case with its results and properties. */
const script = `
import json, sys
from junitparser import JUnitXml, Properties
def suites(x):
    return [x] if x._tag == 'testsuite' else list(x)
print(json.dumps([[dict(
    tests=s.tests, failures=s.failures, errors=s.errors, skipped=s.skipped,
    cases=[dict(classname=c.classname, out=c.system_out,
        results=[[type(r).__name__, r.message, r.text] for r in c.result],
        properties=[[p.name, p.value] for p in (c.child(Properties) or [])]) for c in s])
    for s in suites(JUnitXml.fromfile(file))] for file in sys.argv[1:]]))
`;

interface PythonCase {
  readonly classname: string;
  readonly out: string | null;
  readonly results: readonly (readonly [kind: string, message: string | null, text: string | null])[];
  readonly properties: readonly (readonly [string, string])[];
}
interface PythonSuite {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly cases: readonly PythonCase[];
}

describeWithProgram(module, 'python3-junitparser', 'junitparser (lxml or ElementTree)', () => {
  /** Python takes longer to start than to read, so that it reads all files at once. */
  let read: ReadonlyMap<string, readonly PythonSuite[]>;
  beforeAll(async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-readers-'));
    const files = await Promise.all(
      endings.map(async (ending, number) => {
        const file = path.join(dir, `${number}.xml`);
        writeFileSync(file, await xmlOf(ending, { page: '/runs/a/report.html' }));
        return file;
      }),
    );
    const all = JSON.parse(await outputOf('/usr/bin/python3', ['-c', script, ...files])) as PythonSuite[][];
    read = new Map(endings.map(({ name }, index) => [name, all[index]!]));
    rmSync(dir, { recursive: true });
  }, 60_000);

  test.each(rows)('counts and shows: %s', (name, ending) => {
    const suites = read.get(name)!;
    const sum = (key: 'tests' | 'failures' | 'errors' | 'skipped') =>
      suites.reduce((total, suite) => total + suite[key], 0);
    expect({
      ...{ tests: sum('tests'), failures: sum('failures') },
      ...{ errors: sum('errors'), skipped: sum('skipped') },
    }).toEqual(ending.found);
    const cases = suites.flatMap((suite) => suite.cases);
    const of = (kind: string) =>
      cases.filter(({ results }) => results.some(([each]) => each === kind)).length;
    expect({
      tests: cases.length,
      failures: of('Failure'),
      errors: of('Error'),
      skipped: of('Skipped'),
    }).toEqual(ending.found);
    const shown = cases.flatMap(({ results }) => results.map(([, message, text]) => `${message}\n${text}`));
    if (ending.says !== undefined) expect(shown.join('\n')).toContain(ending.says);
    for (const { classname } of cases) expect(classname).toMatch(/^bench-1\.[a-z]+$/);
    // The page of the run is where a reader fetches attachments, though the run was killed.
    const last = cases.at(-1)!;
    expect(last.out).toContain('[[ATTACHMENT|/runs/a/report.html]]');
    expect(last.properties).toContainEqual(['attachment', '/runs/a/report.html']);
  });
});

test.each(['failed twice', 'failed once'])(
  'a test that %s has one rerun, of the other attempt',
  async (name) => {
    const root = strictly(await xmlOf(endings.find((ending) => ending.name === name)!));
    const cases = root.children.flatMap(({ children }) => children.filter((one) => one.name === 'testcase'));
    const reruns = cases.flatMap(({ children }) => children.filter((one) => one.name === 'rerunFailure'));
    expect(reruns).toHaveLength(1);
    expect(reruns[0]!.attributes).toMatchObject({
      type: 'fail',
      message: expect.stringContaining('CFG-A CFG-B') as string,
    });
    const [stack] = reruns[0]!.children;
    expect(stack?.name).toBe('stackTrace');
    expect(stack?.text).toContain(name === 'failed twice' ? 'got 5702' : 'got 5701');
  },
);
