import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { mergeToString } from 'junit-report-merger';
import { parse as readAsJson } from 'junit2json';
import { parse as readResults } from 'test-results-parser';

import { foldRecord } from '../record/fold-record.ts';
import { type Ending, endings } from './endings.fixture.ts';
import { junitXml } from './junit.ts';
import { parse as strictly } from './junit-document.fixture.ts';

/** Readers are made of xml2js, fast-xml-parser and xmlbuilder2: what one of them shows, others do. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-readers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const xmlOf = ({ entries }: Ending): Promise<string> => junitXml(foldRecord(entries));
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
