import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';

import type { Proof } from '../../../reports/proof/proof.ts';
import { unsettledClauses } from '../../../reports/proof/unsettled.ts';
import { writeProof } from '../../../reports/proof/write-proof.ts';
import { barriers, openPage, startBrowser } from './browser.fixture.ts';
import { run, workFolder } from './qualify.fixture.ts';
import { wholeProof } from './whole-proof.fixture.ts';

jest.setTimeout(240_000);

const work = workFolder();
const file = path.join(work.dir, 'report.html');
let browser: Browser;
let proof: Proof;

beforeAll(async () => {
  proof = await wholeProof();
  writeProof(work.dir, proof);
  // The run of one survivor was kept.
  mkdirSync(path.join(work.dir, 'runs', survivors()[0]!), { recursive: true });
  writeProof(path.join(work.dir, 'runs', survivors()[0]!), proof);
  expect(await run(['report', path.join(work.dir, 'runs', survivors()[0]!), work.dir])).toMatchObject({
    exitCode: 0,
  });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  work.end();
});

const survivors = (): string[] =>
  proof.cells.filter(({ outcome }) => outcome === 'survived').map(({ name }) => name);

test('the page of a whole proof opens from disk without a complaint, a request, or a barrier, and fits each screen', async () => {
  const { page, complaints, loadMs } = await openPage(browser, file, { width: 360 });
  // The goal is 2 s.
  expect(loadMs).toBeLessThan(30_000);
  expect(statSync(file).size).toBeLessThan(1_000_000);
  expect(await barriers(page)).toEqual([]);
  const tooWide = async (): Promise<boolean> =>
    page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
  expect(await tooWide()).toBe(false);
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(await tooWide()).toBe(false);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 2560, height: 1300 });
  expect(await tooWide()).toBe(false);
  expect(await barriers(page)).toEqual([]);
  expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
  expect(complaints).toEqual([]);
  await page.close();
});

test('a sample of generated faults shows its share with the interval, least caught first', async () => {
  const { page } = await openPage(browser, file, { hash: '#sample' });
  const part = page.locator('#sample');
  expect(await part.innerText()).toContain(
    'Of 60 generated faults, drawn from 2765, the suites caught 59 of 60 (98.3 %, 95 % interval 91.0 % to 99.7 %).',
  );
  const rows = await part.locator('tbody tr').allInnerTexts();
  expect(rows.map((row) => row.split('\t')[0])).toEqual(['lost-at-5', 'cut-at-3', 'access.server.read']);
  await page.close();
});

test('survivors come first, with what they break and the page of their run', async () => {
  const { page } = await openPage(browser, file);
  await expect(page.locator('h1').innerText()).resolves.toBe('2 survivors profile nightly');
  const first = page.locator('details.failure').first();
  const [name] = survivors();
  await expect(first.locator('summary').innerText()).resolves.toContain(name);
  await expect(first.locator('a', { hasText: 'page of its last run' }).getAttribute('href')).resolves.toBe(
    `runs/${name}/report.html`,
  );
  const shown = await page.locator('#not-caught .failure .chip').allInnerTexts();
  expect(shown).toEqual(['survived', 'survived', 'blamed-wrongly', 'undecided']);
  await page.close();
});

test('the matrix has every firmware and clause; it can be searched, and each view has an address', async () => {
  const { page, complaints } = await openPage(browser, file, { hash: '#matrix' });
  const rows = page.locator('#matrix tbody tr');
  expect(await rows.count()).toBe(proof.cells.length);
  expect(await page.locator('#matrix .name').count()).toBe(proof.clauses.length);
  await page.getByLabel('Outcome').selectOption('undecided');
  expect(await rows.count()).toBe(1);
  await page.getByLabel('Outcome').selectOption('');
  await page.getByRole('searchbox').fill('EX-LEN-OVER cut');
  const found = await rows.count();
  expect(found).toBeGreaterThan(3);
  expect(found).toBeLessThan(20);
  // Only the clauses that these have to do with.
  expect(await page.locator('#matrix .name').count()).toBeLessThan(40);
  await page.getByRole('button', { name: 'ex-volte-cut-short' }).click();
  await expect(page.locator('#matrix .detail').innerText()).resolves.toContain('EX-LEN-OVER-volte');
  const { page: other } = await openPage(browser, file, { hash: new URL(page.url()).hash });
  expect(await other.locator('#matrix tbody tr').count()).toBe(found + 1);
  await other.locator('#matrix .detail').waitFor();
  expect(complaints).toEqual([]);
  await other.close();
  await page.close();
});

test('a mark stands in the column of its clause, which the pointer names', async () => {
  const { page } = await openPage(browser, file, { hash: '#matrix?q=no-test-form' });
  const mark = page.locator('#fault-no-test-form .mark.hit');
  const [box, column] = [await mark.boundingBox(), await page.locator('.name[title=CFG-TEST]').boundingBox()];
  expect(Math.abs(box!.x - column!.x)).toBeLessThanOrEqual(2);
  await mark.hover();
  await expect(mark.getAttribute('title')).resolves.toBe('CFG-TEST');
  await page.close();
});

test('idle clauses come first, then those that are not settled, and tests that were never the first to catch one are counted', async () => {
  const { page } = await openPage(browser, file, { hash: '#clauses?status=idle' });
  const rows = page.locator('details.clause');
  const unsettled = unsettledClauses(proof).size;
  expect(await rows.count()).toBe(proof.idle!.length - unsettled);
  await page.getByLabel('Show').selectOption('unsettled');
  expect(await rows.count()).toBe(unsettled);
  expect(unsettled).toBeGreaterThan(0);
  await page.getByLabel('Show').selectOption('');
  expect(await rows.count()).toBe(proof.clauses.length);
  await expect(rows.first().locator('summary').innerText()).resolves.toContain('idle');
  const idle = proof.matrix!.tests.filter(({ caughtFirst }) => caughtFirst === 0).length;
  await expect(page.locator('#tests h3').first().innerText()).resolves.toBe(
    `Never the first to catch a fault ${idle}`,
  );
  expect(await page.locator('#tests li').count()).toBe(idle);
  await page.close();
});
