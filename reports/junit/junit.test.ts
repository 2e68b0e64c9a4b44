import os from 'node:os';
import path from 'node:path';

import type { Entry } from '../record/entry.ts';
import { clauseFacts, planned, ran, runEnd, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import { junitXml } from './junit.ts';
import { casesOf, type Element, outcome, parse, suitesOf } from './junit-document.fixture.ts';

const clauses = [clauseFacts('CFG-A', 'S'), clauseFacts('CFG-B', 'I')];
const identity: Extract<Entry, { type: 'identity' }> = {
  type: 'identity',
  imei: '863703030822519',
  revision: 'BC26NBR01A07',
};
const tests = {
  passed: planned('passes', 'CFG-A'),
  failed: planned('fails', 'CFG-A', 'CFG-B'),
  rig: planned('cannot be judged', 'CFG-A'),
  unsure: planned('stays open', 'CFG-A'),
  flaky: planned('sometimes', 'CFG-A'),
  seen: planned('is seen', 'CFG-A'),
  skipped: planned('is not run', 'CFG-A'),
};
const mixed = foldRecord([
  runStart(Object.values(tests), clauses),
  identity,
  ...ran(tests.passed, 'pass'),
  ...ran(tests.failed, 'fail', 'expected 300\n  sent     AT\n  received \\r\\nERROR\\r\\n'),
  ...ran(tests.rig, 'rig-error', 'PORT_GONE: the port vanished'),
  ...ran(tests.unsure, 'inconclusive', 'between 299 and 301 ms'),
  ...ran(tests.flaky, 'flaky', 'failed once in three'),
  ...ran(tests.seen, 'observed'),
  ...ran(tests.skipped, 'not-run', 'the rig has no "reset" <line>'),
  runEnd,
]);

describe('junit.xml', () => {
  test('has a failure, an error or a skip for each verdict', async () => {
    const outcomes = (await casesOf(mixed)).map((element) => [
      element.attributes.name,
      outcome(element)?.name,
    ]);
    expect(outcomes).toEqual([
      ['passes [CFG-A]', undefined],
      ['fails [CFG-A CFG-B]', 'failure'],
      ['cannot be judged [CFG-A]', 'error'],
      ['stays open [CFG-A]', 'error'],
      ['sometimes [CFG-A]', 'error'],
      ['is seen [CFG-A]', undefined],
      ['is not run [CFG-A]', 'skipped'],
      ['the run came to its end and left nothing undecided', undefined],
    ]);
  });

  test('counts what it holds', async () => {
    const root = parse(await junitXml(mixed));
    expect(root.attributes).toMatchObject({ tests: '8', failures: '1', errors: '3', time: '71.234' });
    expect(root.children[0]?.attributes).toMatchObject({
      tests: '7',
      failures: '1',
      errors: '3',
      skipped: '1',
    });
    expect(root.children[0]?.attributes.timestamp).toBe('2026-01-31T09:05:07');
  });

  test('names rig and suite alike in every run, and the firmware once, for the whole file', async () => {
    const root = parse(await junitXml(mixed));
    expect(root.attributes.name).toBe('bc26-hil bench-1 BC26NBR01A07 nightly');
    expect(root.children.map(({ attributes }) => attributes.name)).toEqual(['bench-1 server', 'bench-1 run']);
    const other = foldRecord([
      runStart(Object.values(tests), clauses),
      { ...identity, revision: 'BC26NBR01A08' },
      ...ran(tests.passed, 'pass'),
      runEnd,
    ]);
    // GitLab's key of a test (lib/gitlab/ci/reports/test_case.rb).
    const keys = async (record: typeof mixed) =>
      (await suitesOf(record)).flatMap((suite) =>
        suite.children
          .filter(({ name }) => name === 'testcase')
          .map((one) => [suite.attributes.name, one.attributes.classname, one.attributes.name].join()),
      );
    expect(await keys(other)).toEqual(await keys(mixed));
  });

  test('has a class of rig and suite, with one dot, for the trees of viewers', async () => {
    const record = foldRecord([
      runStart([{ ...tests.passed, file: '10-a.b.suite.ts' }], clauses, { rig: 'bench.1' }),
      runEnd,
    ]);
    const classes = (await casesOf(record)).map(({ attributes }) => attributes.classname);
    expect(classes).toEqual(['bench-1.10-a-b', 'bench-1.run']);
  });

  test('has the exchange, the text of every clause and the lines of the trace in a failure', async () => {
    const failure = outcome((await casesOf(mixed))[1]!);
    expect(failure?.text).toBe(
      [
        'CFG-A CFG-B: expected 300; sent AT, received \\r\\nERROR\\r\\n',
        'verdict: fail',
        'expected 300',
        '  sent     AT',
        '  received \\r\\nERROR\\r\\n',
        'CFG-A (S, note 2.1 AT+QDMPCFG): What CFG-A says.',
        'CFG-B (I, note 2.1 AT+QDMPCFG): What CFG-B says.',
        'trace.jsonl, lines 10 to 14',
        '  at suites/server.suite.ts (suites/server.suite.ts:1:1)',
      ].join('\n'),
    );
  });

  test('names file and line of the clause as the repository does, and a file for the run itself', async () => {
    const source = { file: 'suites/stories/one.ts', line: 41 };
    const record = foldRecord([
      runStart([{ ...tests.failed, source }, tests.passed], clauses),
      ...ran(tests.failed, 'fail', 'expected 300'),
      runEnd,
    ]);
    const cases = await casesOf(record);
    expect(cases.map(({ attributes }) => `${attributes.file}:${attributes.line}`)).toEqual([
      'suites/stories/one.ts:41',
      'suites/server.suite.ts:1',
      'suites/README.md:1',
    ]);
    expect(outcome(cases[0]!)?.text).toMatch(
      /\n {2}at suites\/stories\/one\.ts \(suites\/stories\/one\.ts:41:1\)$/,
    );
  });

  test('has type and message in attributes, where viewers look', async () => {
    const attributes = (await casesOf(mixed)).flatMap((each) => {
      const found = outcome(each);
      return found && found.name !== 'skipped' ? [[found.name, found.attributes]] : [];
    });
    expect(attributes).toEqual([
      [
        'failure',
        { type: 'fail', message: 'CFG-A CFG-B: expected 300; sent AT, received \\r\\nERROR\\r\\n' },
      ],
      ['error', { type: 'rig-error', message: 'CFG-A: PORT_GONE: the port vanished' }],
      ['error', { type: 'inconclusive', message: 'CFG-A: between 299 and 301 ms' }],
      ['error', { type: 'flaky', message: 'CFG-A: failed once in three' }],
    ]);
  });

  test('has the reason why a test was not run', async () => {
    const skipped = outcome((await casesOf(mixed))[6]!);
    // GitLab and ReportPortal show the text alone.
    expect([skipped?.attributes.message, skipped?.text]).toEqual(
      Array(2).fill('the rig has no "reset" <line>'),
    );
  });

  test('has the facts as properties of suites and tests, and tags for ReportPortal', async () => {
    const [suite] = await suitesOf(mixed);
    const propertiesOf = (element: Element | undefined) =>
      (element?.children.find(({ name }) => name === 'properties')?.children ?? []).map(
        ({ attributes }) => `${attributes.name}=${attributes.value}`,
      );
    expect(propertiesOf(suite)).toEqual([
      ...[
        'rig=bench-1',
        'revision=BC26NBR01A07',
        'imei=863703030822519',
        'profile=nightly',
        'seed=7',
        'clock=1',
      ],
      ...['commit=0123456789ab', 'emulated=false', 'exitCode=3'],
      ...['attribute=rig:bench-1', 'attribute=revision:BC26NBR01A07', 'attribute=profile:nightly'],
    ]);
    expect(propertiesOf((await casesOf(mixed))[1])).toEqual([
      ...['verdict=fail', 'clauses=CFG-A CFG-B'],
      'reason=CFG-A CFG-B: expected 300; sent AT, received \\r\\nERROR\\r\\n',
      ...['trace=10-14', 'attribute=clause:CFG-A', 'attribute=clause:CFG-B', 'attribute=verdict:fail'],
    ]);
  });

  test('is the same whenever it is made, whatever jest-junit finds in the environment', async () => {
    const before = await junitXml(mixed);
    process.env.JEST_JUNIT_OUTPUT_FILE = path.join(os.tmpdir(), 'elsewhere', 'junit.xml');
    process.env.JEST_JUNIT_TITLE = '{filename}';
    try {
      expect(await junitXml(mixed)).toBe(before);
      expect(process.env.JEST_JUNIT_TITLE).toBe('{filename}');
    } finally {
      delete process.env.JEST_JUNIT_OUTPUT_FILE;
      delete process.env.JEST_JUNIT_TITLE;
    }
  });
});
