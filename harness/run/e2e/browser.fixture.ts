import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import { type Browser, chromium, type Page } from 'playwright-core';

/** Starts Debian's Chromium (`.ci/tools`); as root it has no sandbox. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });

interface View {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  /** What follows the file's name in the address. */
  readonly hash?: string;
}

/** A page opened from disk, and what must not happen: messages on the console, errors, requests. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  /** From the start of loading until everything was shown, ms. */
  readonly loadMs: number;
}

export async function openPage(browser: Browser, file: string, view: View = {}): Promise<OpenPage> {
  const page = await browser.newPage({
    viewport: { width: view.width ?? 1280, height: 900 },
    colorScheme: view.scheme ?? 'light',
  });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const address = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) complaints.push(`request: ${request.url()}`);
  });
  const startedAt = Date.now();
  await page.goto(address + (view.hash ?? ''));
  await page.waitForSelector('html[data-ready]', { timeout: 60_000 });
  return { page, complaints, loadMs: Date.now() - startedAt };
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds that people with other eyes or hands could not use: `rule: element`. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResult>('axe.run()');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
