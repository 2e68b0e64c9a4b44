import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { bundle, type View } from './bundle.ts';

interface Page {
  readonly view: View;
  readonly title: string;
  /** What the page shows: anything that JSON holds. */
  readonly data: unknown;
  /** The files beside it that say the same without a program. */
  readonly instead: string;
}

/**
 * A page in one file. Nothing in the data can end the script element or become markup: they are compressed, in base64.
 */
export async function htmlOf({ view, title, data, instead }: Page): Promise<string> {
  const { script, style } = await bundle(view);
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
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<div id="page"><p class="loading">Reading …</p></div>
<noscript>This page needs JavaScript; ${instead} beside it have the same.</noscript>
<script type="text/plain" id="data">${packed}</script>
<script type="module">${safeScript}</script>
</body>
</html>
`;
}

const digest = (script: string): string => `sha256-${createHash('sha256').update(script).digest('base64')}`;
