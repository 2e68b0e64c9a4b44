import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { SaxesParser } from 'saxes';

import type { Entry } from '../record/entry.ts';
import { clauseFacts, planned, portGone, ran, runEnd, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import { checkWellFormed, junitXml, writeJunit } from './junit.ts';

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** A strict parser of the test's own: the file is judged as a consumer would. */
function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const top = () => open[open.length - 1] ?? root;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    top().children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    top().text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return root.children[0] ?? root;
}

const clauses = [clauseFacts('CFG-A', 'S'), clauseFacts('CFG-B', 'I')];
const identity: Entry = { type: 'identity', imei: '863703030822519', revision: 'BC26NBR01A07' };
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

const suitesOf = async (record = mixed) => parse(await junitXml(record)).children;
const casesOf = async (record = mixed) =>
  (await suitesOf(record)).flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'));
const outcome = ({ children }: Element) =>
  children.find(({ name }) => ['failure', 'error', 'skipped'].includes(name));

describe('junit.xml', () => {
  test('says how each test ended, and whom that concerns', async () => {
    const outcomes = (await casesOf()).map((element) => [element.attributes.name, outcome(element)?.name]);
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

  test('names rig and firmware where viewers look: in the suite', async () => {
    const [suite, run] = await suitesOf();
    expect(suite?.attributes.name).toBe('bench-1 BC26NBR01A07 › server.suite.ts');
    expect(run?.attributes.name).toBe('bench-1 BC26NBR01A07 › run');
  });

  test('fails with the exchange, the words of every clause and the place in the trace', async () => {
    const failure = outcome((await casesOf())[1]!);
    expect(failure?.text).toBe(
      [
        'fail: expected 300',
        '  sent     AT',
        '  received \\r\\nERROR\\r\\n',
        'CFG-A (S, note 2.1 AT+QDMPCFG): What CFG-A says.',
        'CFG-B (I, note 2.1 AT+QDMPCFG): What CFG-B says.',
        'trace.jsonl, lines 10 to 14',
      ].join('\n'),
    );
  });

  test('names the file as the repository does, and none for the run itself', async () => {
    const files = (await casesOf()).map(({ attributes }) => attributes.file);
    expect(new Set(files.slice(0, -1))).toEqual(new Set(['suites/server.suite.ts']));
    expect(files.at(-1)).toBeUndefined();
  });

  test('says so in attributes, where viewers look, too', async () => {
    const attributes = (await casesOf()).flatMap((each) => {
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

  test('says why a test was not run', async () => {
    expect(outcome((await casesOf())[6]!)?.attributes.message).toBe('the rig has no "reset" <line>');
  });

  test('carries the facts as properties of suites and tests', async () => {
    const [suite] = await suitesOf();
    const propertiesOf = (element: Element | undefined) =>
      Object.fromEntries(
        (element?.children.find(({ name }) => name === 'properties')?.children ?? []).map(
          ({ attributes }) => [attributes.name, attributes.value],
        ),
      ) as Record<string, string>;
    expect(propertiesOf(suite)).toEqual({
      rig: 'bench-1',
      revision: 'BC26NBR01A07',
      imei: '863703030822519',
      profile: 'nightly',
      seed: '7',
      clock: '1',
      commit: '0123456789ab',
      emulated: 'false',
      exitCode: '3',
    });
    expect(propertiesOf((await casesOf())[1])).toEqual({
      verdict: 'fail',
      clauses: 'CFG-A CFG-B',
      reason: 'expected 300',
      trace: '10-14',
    });
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

describe('junit.xml of a run that is not well', () => {
  const only = tests.passed;
  const troubled = async (profile: string, ...entries: Entry[]) => {
    const record = foldRecord([runStart([only], clauses, { profile }), ...entries, runEnd]);
    const cases = await casesOf(record);
    return { exitCode: record.exitCode, run: outcome(cases[cases.length - 1]!) };
  };

  test.each([
    ['the rig failed before the first test', 'nightly', [portGone], 3, /PORT_GONE.*\nplug it in again/],
    [
      'it was interrupted',
      'nightly',
      [{ type: 'interrupted', signal: 'SIGINT' }],
      130,
      /interrupted: SIGINT/,
    ],
    ['the suites vanished', 'nightly', [], 3, /the suites ended before their end/],
    ['nothing was judged', 'nightly', ran(only, 'not-run', 'not selected'), 4, /exit code 4/],
    [
      'a release left a stated clause out',
      'release',
      ran(only, 'not-run', 'no'),
      4,
      /not-run in a release: CFG-A/,
    ],
  ] as [string, string, Entry[], number, RegExp][])(
    'is not green when %s',
    async (_what, profile, entries, exitCode, says) => {
      const { exitCode: found, run } = await troubled(profile, ...entries);
      expect(found).toBe(exitCode);
      expect(run?.name).toBe('error');
      expect(run?.text).toMatch(says);
      expect(run?.attributes).toMatchObject({ type: 'run', message: run?.text.split('\n')[0] });
    },
  );

  test('counts the stated clauses that a release of some clauses left out', async () => {
    const [first, ...others] = clauses;
    const left = others.map((clause) => ({ ...clause, status: 'S' as const, unselected: true }));
    const record = foldRecord([
      runStart([only], [first!, ...left], { profile: 'release' }),
      ...ran(only, 'pass'),
      runEnd,
    ]);
    const cases = await casesOf(record);
    expect(record.exitCode).toBe(4);
    expect(outcome(cases[cases.length - 1]!)?.text).toContain(
      `not-run in a release: ${left.length} stated clauses not selected by --clause`,
    );
  });
});

describe('junit.xml of a module that sends anything', () => {
  const everything = Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code)).join('');
  const hostile = `${everything}\ud800 \udc00\ufffe\uffff ]]> --> <!-- & "' <?x ?> $& $1 $\` {title} \u001b[31m\u{1f600}`;

  test('is well-formed and keeps the rest of the text', async () => {
    const test1 = { name: `f${hostile} › t`, file: `f${hostile}`, title: `t${hostile}`, clauses: ['CFG-A'] };
    const test2 = planned(`skip ${hostile}`, hostile);
    const record = foldRecord([
      runStart([test1, test2], [...clauses, { ...clauseFacts('CFG-A', 'S'), id: hostile, text: hostile }], {
        rig: hostile,
        commit: hostile,
      }),
      { type: 'identity', imei: hostile, revision: hostile },
      ...ran(test1, 'fail', hostile),
      ...ran(test2, 'not-run', hostile),
      { type: 'rig-error', code: hostile, message: hostile, remedy: hostile },
      runEnd,
    ]);
    const cases = await casesOf(record);
    expect(cases).toHaveLength(3);
    expect(cases[0]?.attributes.name).toContain('$& $1 $` {title} \\x1b[31m\u{1f600} [CFG-A]');
    expect(outcome(cases[0]!)?.text).toContain('\\x00\\x01');
    expect(outcome(cases[0]!)?.attributes.message).toMatch(/^CFG-A: \\x00\\x01.*/);
    expect(outcome(cases[0]!)?.text).toContain('\\ud800 \\udc00\\ufffe\\uffff ]]> --> <!-- &');
    expect(outcome(cases[1]!)?.attributes.message).toContain('<?x ?>');
  });

  test('would be refused, loudly, if it were not', () => {
    for (const bad of ['<a>\u0000</a>', '<a>', '<a>]]></a>', '<a b="\u0001"/>', '<a>&nope;</a>', '']) {
      expect(() => checkWellFormed(bad)).toThrow(expect.objectContaining({ code: 'REPORT_FAILED' }) as Error);
    }
  });
});

describe('writeJunit', () => {
  test('leaves the file and nothing else', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-test-'));
    try {
      const file = path.join(folder, 'junit.xml');
      await writeJunit(file, mixed);
      expect(readFileSync(file, 'utf8')).toBe(await junitXml(mixed));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
