import { type Document, isScalar, Lexer, LineCounter, parseDocument, Parser, visit } from 'yaml';

interface SyntaxMistake {
  /** Where it begins, in characters. */
  readonly offset: number;
  readonly text: string;
}

interface ParsedYaml {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly mistakes: readonly SyntaxMistake[];
}

/** How many nodes may be open at once. A rig file has about ten; at some thousands the parser's stack overflows. */
const deepest = 200;

/** Where the text is nested too deeply to be parsed; undefined if it is not. */
function tooDeepAt(source: string): number | undefined {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(source)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > deepest) return parser.offset;
  }
  return undefined;
}

/** The parser's own search for keys that are given twice compares every key with every other. */
function doubleKeys(document: Document.Parsed): SyntaxMistake[] {
  const found: SyntaxMistake[] = [];
  visit(document, {
    Map(_, { items }) {
      const known = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (known.has(key.value))
          found.push({ offset: key.range?.[0] ?? 0, text: 'Map keys must be unique' });
        known.add(key.value);
      }
    },
  });
  return found;
}

/**
 * What the parser says, in one line. It may end in a piece of the file, which may be a password; the place is told beside
 * it.
 */
export const withoutSource = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replace(/: .*$/, '').trim();

/** Parses a text that anybody may have written, in a time that grows with its length only. */
export function parseYamlText(source: string): ParsedYaml {
  const lines = new LineCounter();
  const deep = tooDeepAt(source);
  if (deep !== undefined) {
    const document = parseDocument('', { lineCounter: lines });
    // Its line starts are those of the empty document: the place is counted here.
    for (let at = source.indexOf('\n'); at >= 0 && at < deep; at = source.indexOf('\n', at + 1))
      lines.addNewLine(at + 1);
    return { document, lines, mistakes: [{ offset: deep, text: `nested more than ${deepest} deep` }] };
  }
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const mistakes = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    offset: pos[0],
    text: withoutSource(message),
  }));
  return { document, lines, mistakes: mistakes.length > 0 ? mistakes : doubleKeys(document) };
}
