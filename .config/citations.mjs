/**
 * Holds what comments and documents cite: a document's name, then sections (§1.2) or headings in double quotes. Each
 * names a document of this repository that has such a heading. Documents from elsewhere (the note, the AT manual,
 * an RFC) are cited without `.md`.
 */
import path from 'node:path';

/** What may stand between the parts of a citation: blanks, a line's end and the comment sign of the next line. */
const gap = String.raw`[\s*/#]*`;
const part = String.raw`§[0-9A-Za-z]+(?:\.[0-9]+)*|"[^"]+"`;
const citation = new RegExp(
  String.raw`([\w./-]*[\w-]\.md)\b\x60?((?:${gap}(?:,|and)?${gap}(?:${part}))*)`,
  'g',
);

/** A heading's text as it is compared: one line, without code marks. */
const plain = (text) => text.replace(/\s*\n[\s*/#]*/g, ' ').replaceAll('`', '');

function headingsOf(text) {
  const prose = text.replace(/^```.*?^```$/gms, '');
  const titles = [...prose.matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, title]) => plain(title));
  const numbered = titles.map((title) => /^([0-9]+(?:\.[0-9]+)*|[A-Z]) +(.+)$/.exec(title));
  return {
    numbers: new Set(numbered.map((match) => match?.[1])),
    texts: new Set([...titles, ...numbered.map((match) => match?.[2])]),
  };
}

/** Beside the citing file, else from the top, else the only document whose path ends so. */
function named(name, from, paths) {
  const beside = path.posix.join(path.posix.dirname(from), name);
  if (paths.includes(beside)) return [beside];
  return paths.includes(name) ? [name] : paths.filter((each) => each.endsWith(`/${name}`));
}

/** Written by a run into its folder (reports/README.md), so they are no documents of this repository. */
const ofRuns = new Set(['summary.md']);

/** In code a file's name stands in strings, too; only a comment cites by a name alone. */
const mayCite = (file, before) => !/\.(ts|mjs)$/.test(file) || /^\s*\*|\/\*|\/\//.test(before);

/**
 * @param {readonly { path: string, text: string }[]} files tracked ones, the documents among them
 * @returns {string[]} a line for each citation that names nothing, in the order of the files
 */
export function citationMistakes(files) {
  const headings = new Map(
    files.filter(({ path }) => path.endsWith('.md')).map(({ path, text }) => [path, headingsOf(text)]),
  );
  return files.flatMap((file) =>
    [...file.text.matchAll(citation)].flatMap(({ 0: whole, 1: name, 2: rest, index }) => {
      const above = file.text.slice(0, index).split('\n');
      const parts = rest.match(new RegExp(part, 'g')) ?? [];
      if (name.startsWith('//') || ofRuns.has(name)) return [];
      if (parts.length === 0 && !mayCite(file.path, above.at(-1))) return [];
      const place = `${file.path}:${above.length}: ${plain(whole)}`;
      const [document, another] = named(name, file.path, [...headings.keys()]);
      if (!document) return [`${place}: no such document in this repository`];
      if (another) return [`${place}: several documents have this name; give the path`];
      const { numbers, texts } = headings.get(document);
      return parts
        .map((each) => plain(each))
        .filter((each) => !(each.startsWith('§') ? numbers.has(each.slice(1)) : texts.has(each.slice(1, -1))))
        .map((each) => `${place}: ${document} has no heading ${each}`);
    }),
  );
}

/**
 * @param {string} text of a document
 * @param {readonly string[]} paths of all tracked files
 * @returns {string[]} the files (`folder/name.ext`) and folders (`folder/`) in code marks that are not among them
 */
export function missingPaths(text, paths) {
  const named = [...text.matchAll(/`((?:[\w.-]+\/)+(?:[\w-][\w.-]*\.\w+)?)`/g)].map(([, name]) => name);
  return named.filter(
    (name) => !paths.some((each) => (name.endsWith('/') ? each.startsWith(name) : each === name)),
  );
}
