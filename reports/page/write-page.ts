import { existsSync } from 'node:fs';
import path from 'node:path';

import { replaceFile } from '../files/replace-file.ts';
import { filesOf } from '../files/run-folder.ts';
import { proofFile } from '../proof/read-proof.ts';
import { htmlOf } from './html.ts';
import { pageOf } from './page-of.ts';
import { proofPageOf } from './proof-page-of.ts';

/**
 * Writes `report.html` into the folder of a run or of a proof: one file that needs no network.
 * @returns the file's path
 * @throws RECORD_UNREADABLE, REPORT_FAILED
 */
export async function writePage(dir: string): Promise<string> {
  const file = filesOf(dir).page;
  replaceFile(file, await (existsSync(proofFile(dir)) ? proofHtml(dir) : runHtml(dir)));
  return file;
}

const runHtml = (dir: string): Promise<string> =>
  htmlOf({
    ...{ view: 'view', title: 'bc26-hil run', data: pageOf(dir) },
    instead: 'run.json, junit.xml and summary.md',
  });

const proofHtml = (dir: string): Promise<string> =>
  htmlOf({
    ...{ view: 'proof-view', title: 'bc26-hil proof', data: proofPageOf(path.resolve(dir)) },
    instead: 'prove.json and prove.txt',
  });
