import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import type { PlannedTest } from '../../../reports/record/entry.ts';
import { type ClauseSpec, installHost, testName } from '../../jest/host/host.ts';
import { callSiteBelow } from './call-site.ts';

/** A test of the suites, the smallest profile that runs it, and what the board must be able to do for it. */
export interface CollectedTest extends PlannedTest {
  readonly profile: NonNullable<ClauseSpec['profile']>;
  readonly needs: NonNullable<ClauseSpec['needs']>;
}

const suitesFolder = path.resolve(import.meta.dirname, '../../../suites');

type Built = ReadonlyMap<string, string> | undefined;

/** What the loader has built of a suite (`.config/load.mjs`), else its source, as under Jest. */
const urlOf = (suite: string): string =>
  ((globalThis as { [key: symbol]: unknown })[Symbol.for('bc26-hil.built')] as Built)?.get(suite) ??
  pathToFileURL(suite).href;

/** The suite files in the order in which they are run: by name. */
async function suiteFiles(): Promise<string[]> {
  const names = await readdir(suitesFolder);
  return names.filter((name) => name.endsWith('.suite.ts')).sort();
}

/**
 * Lists every test of the suites without running it: loads the files with a host that only collects.
 * A module is loaded once per process, so a second call finds nothing: keep the result.
 * @param sources whether to find the line of each test, which takes a quarter of a second
 */
export async function collectSuites({ sources = true } = {}): Promise<CollectedTest[]> {
  const tests: CollectedTest[] = [];
  for (const file of await suiteFiles()) {
    installHost({
      clause({ clauses, title, profile = 'nightly', needs = [], hindsight }) {
        const name = testName(file, title);
        const source = sources ? callSiteBelow(suitesFolder) : undefined;
        const where = source && { source };
        tests.push({ name, file, title, clauses, profile, needs, ...where, ...(hindsight && { hindsight }) });
      },
    });
    await import(urlOf(path.join(suitesFolder, file)));
  }
  return tests;
}
