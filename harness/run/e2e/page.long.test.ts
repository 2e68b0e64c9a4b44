import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';

import { clauseFacts, planned, ran, runStart } from '../../../reports/record/example-run.fixture.ts';
import { foldRecord } from '../../../reports/record/fold-record.ts';
import { barriers, openPage, startBrowser } from './browser.fixture.ts';
import { recordIn, run, workFolder } from './qualify.fixture.ts';

jest.setTimeout(240_000);

const work = workFolder();
const folder = (name: string): string => path.join(work.dir, name);
const page = (name: string): string => path.join(folder(name), 'report.html');
const clauses = ['--profile', 'smoke', '--clause', 'CFG-TEST,CFG-QUERY-1,CFG-SAVE-1'];
let browser: Browser;

beforeAll(async () => {
  const qualify = (name: string, ...more: string[]) =>
    run(['qualify', ...clauses, '--no-latest', '--out', folder(name), ...more]);
  expect(await qualify('green')).toMatchObject({ exitCode: 0 });
  expect(await qualify('faulty', '--fault', 'query-server-wrong')).toMatchObject({ exitCode: 1 });
  killed();
  hostile();
  expect(await run(['report', folder('killed'), folder('hostile')])).toMatchObject({
    exitCode: 0,
    stdout: `${page('killed')}\n${page('hostile')}`,
  });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  work.end();
});

/** What a run leaves whose processes were killed. */
function killed(): void {
  cpSync(folder('green'), folder('killed'), { recursive: true });
  const trace = path.join(folder('killed'), 'trace.jsonl');
  const text = readFileSync(trace, 'utf8');
  writeFileSync(trace, text.slice(0, text.length / 2));
  const record = { ...recordIn(folder('green')), state: 'running', exitCode: null, durationMs: null };
  writeFileSync(path.join(folder('killed'), 'run.json'), JSON.stringify(record));
}

const evil = '</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202egpj.exe\u0000';

/** 1,000 tests and 50,000 lines of a module that would like to be a program, with one line of 100 kB. */
function hostile(): void {
  const tests = Array.from({ length: 1000 }, (_, n) => planned(`test ${n}`, `CFG-${n % 150}`));
  const record = foldRecord([
    runStart(
      tests,
      Array.from({ length: 150 }, (_, n) => clauseFacts(`CFG-${n}`, 'S')),
    ),
    { type: 'identity', imei: '863703030822519', revision: evil },
    ...tests.flatMap((test, n) => ran(test, n % 50 === 0 ? 'fail' : 'pass', n % 50 === 0 ? evil : undefined)),
    { type: 'observation', key: 'CFG-1', value: evil },
    { type: 'run-end', durationMs: 500_000 },
  ]);
  const lines = Array.from({ length: 50_000 }, (_, n) =>
    JSON.stringify({
      n: n + 1,
      at: String(1_000_000_000 + n * 10_000_000),
      source: n % 2 === 0 ? 'uart.tx' : 'uart.rx',
      data: n === 25_001 ? '\u202e<'.repeat(50_000) : `AT+QDMPCFG=${n},${evil}\r`,
    }),
  );
  cpSync(folder('green'), folder('hostile'), { recursive: true });
  writeFileSync(path.join(folder('hostile'), 'run.json'), JSON.stringify(record));
  writeFileSync(path.join(folder('hostile'), 'trace.jsonl'), `${lines.join('\n')}\n`);
}

describe.each(['green', 'faulty', 'killed', 'hostile'])('the page of a %s run', (name) => {
  test('opens from disk without a complaint, a request, or a barrier', async () => {
    const { page: open, complaints, loadMs } = await openPage(browser, page(name));
    expect(await barriers(open)).toEqual([]);
    expect(complaints).toEqual([]);
    // The goal is 2 s.
    expect(loadMs).toBeLessThan(30_000);
    expect(statSync(page(name)).size).toBeLessThan(5_000_000);
    await open.close();
  });
});

test.each([360, 2560])('the page fits a screen of %i pixels, in the dark', async (width) => {
  const { page: open, complaints } = await openPage(browser, page('faulty'), { width, scheme: 'dark' });
  expect(await open.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  expect(await barriers(open)).toEqual([]);
  expect(complaints).toEqual([]);
  await open.close();
});

test('texts of a hostile module do not widen the page', async () => {
  const { page: open } = await openPage(browser, page('hostile'), { width: 360 });
  expect(await open.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  await open.close();
});

test('the page says first what came of the run', async () => {
  const heading = async (name: string): Promise<string> => {
    const { page: open } = await openPage(browser, page(name));
    const text = (await open.locator('h1').innerText()).trim();
    await open.close();
    return text;
  };
  expect(await heading('green')).toBe('Passed emulated');
  expect(await heading('faulty')).toBe('Failed emulated');
  expect(await heading('killed')).toBe('Not ended emulated');
});

test('a failed test shows the clause, what came, and what was on the wire; it can be copied as an issue', async () => {
  const { page: open } = await openPage(browser, page('faulty'), { hash: '#failures' });
  const failure = open.locator('details.failure').first();
  await expect(failure.locator('summary').innerText()).resolves.toContain('CFG-QUERY-1');
  await expect(failure.locator('blockquote').first().innerText()).resolves.toContain('note 2.1');
  await expect(failure.locator('.transcript').innerText()).resolves.toContain('AT+QDMPCFG=4,1\\r');
  await open.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await failure.getByRole('button', { name: 'Copy as issue' }).click();
  await open.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await open.evaluate<string>('navigator.clipboard.readText()');
  const { seed, faults } = recordIn(folder('faulty'));
  expect(copied).toContain(`${faults.map((id) => ` --fault ${id}`).join('')} --profile`);
  expect(faults).not.toEqual([]);
  expect(copied).toContain(`--seed ${seed}`);
  expect(copied).toContain('→ AT+QDMPCFG=4,1\\r');
  await open.close();
});

test('clauses can be searched and filtered, and each view has an address of its own', async () => {
  const { page: open, complaints } = await openPage(browser, page('faulty'), { hash: '#clauses' });
  const rows = open.locator('details.clause');
  expect(await rows.count()).toBe(recordIn(folder('faulty')).clauses.length);
  await open.getByLabel('Verdict').selectOption('fail');
  const failed = recordIn(folder('faulty')).clauses.filter(({ verdict }) => verdict === 'fail').length;
  expect(await rows.count()).toBe(failed);
  await open.getByRole('searchbox').fill('query-1');
  expect(await rows.count()).toBe(1);
  const { page: other } = await openPage(browser, page('faulty'), { hash: new URL(open.url()).hash });
  expect(await other.locator('details.clause').count()).toBe(1);
  expect(await other.getByRole('searchbox').inputValue()).toBe('query-1');
  expect(complaints).toEqual([]);
  await other.close();
  await open.close();
});

test('the time line is zoomed by keys, keeps its part in the address, and stands there as text', async () => {
  const { page: open, complaints } = await openPage(browser, page('green'), { hash: '#time' });
  await open.locator('#chart').focus();
  await open.keyboard.press('+');
  await open.waitForURL(/from=/);
  await open.locator('#in-view > summary').click();
  await expect(open.locator('#in-view .transcript').innerText()).resolves.toContain('AT');
  const { page: other } = await openPage(browser, page('green'), { hash: new URL(open.url()).hash });
  await other.waitForURL(/from=/);
  await open.locator('#chart').focus();
  await open.keyboard.press('Home');
  await open.waitForURL((url) => !url.hash.includes('from='));
  expect(complaints).toEqual([]);
  await other.close();
  await open.close();
});

test('the page prints', async () => {
  const { page: open } = await openPage(browser, page('faulty'));
  expect((await open.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
  await open.close();
});

test('the page of a run of 300,000 lines opens', async () => {
  const lines = Array.from({ length: 300_000 }, (_, n) => {
    const at = { n: n + 1, at: String(1_000_000_000 + n * 10_000_000) };
    return JSON.stringify(
      n % 3 === 2
        ? { ...at, source: 'note', type: 'exchange', form: 'AT+QDMPCFG=6', hi: 12.5, final: 'OK' }
        : { ...at, source: n % 3 === 0 ? 'uart.tx' : 'uart.rx', data: 'AT+QDMPCFG=6\r' },
    );
  });
  cpSync(folder('green'), folder('big'), { recursive: true });
  writeFileSync(path.join(folder('big'), 'trace.jsonl'), `${lines.join('\n')}\n`);
  expect(await run(['report', folder('big')])).toMatchObject({ exitCode: 0 });
  const { page: open, complaints } = await openPage(browser, page('big'));
  expect(complaints).toEqual([]);
  expect(await open.locator('#answers tbody td').first().innerText()).toBe('100000');
  await open.close();
});

test('a folder without a run is refused in one line', async () => {
  const { exitCode, stderr } = await run(['report', work.dir]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('RECORD_UNREADABLE');
});
