import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Stacks with the lines of the sources, in the place of those of the JavaScript in `folder`. Node's own way
 * (`process.setSourceMapsEnabled`) reads every map as its file is loaded; here a map is read when an error is shown.
 * @param {string} folder absolute
 * @returns {typeof Error.prepareStackTrace}
 */
export function stackOfSources(folder) {
  const prefix = pathToFileURL(`${folder}${path.sep}`).href;
  /** @type {Map<string, SourceMap | undefined>} */
  const maps = new Map();
  const mapOf = (url) => {
    if (!maps.has(url)) maps.set(url, readMap(fileURLToPath(url)));
    return maps.get(url);
  };
  const frameOf = (site) => {
    const frame = String(site);
    const url = site.getFileName();
    if (!url?.startsWith(prefix)) return frame;
    const line = site.getLineNumber() ?? 1;
    const column = site.getColumnNumber() ?? 1;
    const found = mapOf(url)?.findEntry(line - 1, column - 1);
    if (found?.originalSource === undefined) return frame;
    const { originalSource, originalLine, originalColumn } = found;
    const source = new URL(originalSource, url).href;
    return frame.replace(`${url}:${line}:${column}`, `${source}:${originalLine + 1}:${originalColumn + 1}`);
  };
  return (error, sites) => [headOf(error), ...sites.map((site) => `    at ${frameOf(site)}`)].join('\n');
}

function readMap(file) {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  } catch {
    // The cache was emptied while the program runs: the frame stays as it is.
    return undefined;
  }
}

/** What stands above the frames. An error may have a name or a message that cannot be made a text. */
function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}
