import { SaxesParser } from 'saxes';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { gatherEvidence } from '../evidence/test-evidence.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { RunFolder } from '../files/run-folder.ts';
import type { RunRecord } from '../record/record.ts';
import { completeDocument } from './complete-document.ts';
import { jestJunitXml } from './jest-junit.ts';
import { junitRun, type JunitSources } from './junit-run.ts';

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

/**
 * The text of `junit.xml`: the same record and the same trace give the same bytes. It is written by jest-junit and then
 * completed once (`complete-document.ts`), in the style that the record asks for.
 */
export async function junitXml(record: RunRecord, sources: JunitSources = {}): Promise<string> {
  const run = junitRun(record, sources);
  const xml = completeDocument(await jestJunitXml(run), run, record.junit ?? 'rich');
  checkWellFormed(xml);
  return xml;
}

/**
 * Writes `junit.xml` of a run in one step, and `failures/` beside it with what happened in each failed test. Paths are as
 * seen from the working folder, in which CI starts a run.
 * @throws REPORT_FAILED
 */
export async function writeJunit(folder: RunFolder, record: RunRecord): Promise<void> {
  const evidence = gatherEvidence(folder, record);
  replaceFile(folder.junit, await junitXml(record, { evidence, page: folder.page, seenFrom: process.cwd() }));
}
