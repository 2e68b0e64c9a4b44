import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { replaceFile } from '../files/replace-file.ts';
import { filesOf } from '../files/run-folder.ts';
import { bundle } from './bundle.ts';
import { pageOf } from './page-of.ts';
import type { PageData } from './view/page-data.ts';

/**
 * Writes `report.html` into a run's folder: one file that needs no network.
 * @returns the file's path
 * @throws RECORD_UNREADABLE, REPORT_FAILED
 */
export async function writePage(dir: string): Promise<string> {
  const file = filesOf(dir).page;
  replaceFile(file, await htmlOf(pageOf(dir)));
  return file;
}

/** Nothing in the data can end the script element or become markup: they are compressed, in base64. */
async function htmlOf(data: PageData): Promise<string> {
  const { script, style } = await bundle();
  const packed = gzipSync(JSON.stringify(data), { level: 9 }).toString('base64');
  const safeScript = script.replaceAll('</script', String.raw`<\/script`);
  // Only this very program may run, and nothing may be loaded.
  const policy = `default-src 'none'; script-src '${digest(safeScript)}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>bc26-hil run</title>
<style>${style}</style>
</head>
<body>
<div id="page"><p class="loading">Reading the run …</p></div>
<noscript>This page needs JavaScript; run.json, junit.xml and summary.md beside it have the same.</noscript>
<script type="text/plain" id="data">${packed}</script>
<script type="module">${safeScript}</script>
</body>
</html>
`;
}

const digest = (script: string): string => `sha256-${createHash('sha256').update(script).digest('base64')}`;
