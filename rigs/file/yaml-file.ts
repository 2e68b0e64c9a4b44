import path from 'node:path';

import type { z } from 'zod';

import { type ErrorCode, HilError, messageOf } from '../../harness/base/error.ts';
import { escapeText } from '../../harness/base/escape.ts';
import { locateKey } from './locate-key.ts';
import type { Mistake } from './mistake.ts';
import { parseYamlText, withoutSource } from './parse-yaml.ts';
import { schemaMistakes } from './schema-mistakes.ts';

/** How mistakes in one kind of file are reported. */
export interface FileKind {
  readonly code: ErrorCode;
  readonly remedy: string;
}

/** A mistake with its place, ready to be printed. */
interface PlacedMistake {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** A parsed YAML file. */
export interface YamlFile {
  /** Plain data. */
  readonly data: unknown;
  /** Makes the error that reports these mistakes, each with its line and column. */
  readonly fail: (mistakes: readonly Mistake[]) => HilError;
}

/** A file's name for messages: relative if the file lies below the current folder. */
export const shownPath = (file: string): string => {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
};

/** How many mistakes are shown. */
const shown = 20;

/** How many mistakes are looked up in the file, from which the first ones are shown: each takes time. */
const placed = 100;

/** @param count of the mistakes, where not all are given */
function invalidError(
  file: string,
  { code, remedy }: FileKind,
  mistakes: readonly PlacedMistake[],
  { count = mistakes.length, cause }: { readonly count?: number; readonly cause?: unknown } = {},
): HilError {
  const sorted = [...mistakes].sort((a, b) => a.line - b.line || a.column - b.column);
  const text = sorted
    .slice(0, shown)
    .map(({ line, column, text }) => `${shownPath(file)}:${line}:${column}: ${escapeText(text)}`);
  if (count > shown) text.push(`… and ${count - shown} more`);
  return new HilError(code, text.join('\n'), { remedy, cause });
}

const describeMistake = ({ path: keys, text }: Mistake): string =>
  keys.length > 0 ? `${keys.map(String).join('.')}: ${text}` : text;

/** Parses YAML. Throws the kind's code with the first syntax errors, one line each. */
export function parseYaml(file: string, source: string, kind: FileKind): YamlFile {
  const { document, lines, mistakes } = parseYamlText(source);
  if (mistakes.length > 0) {
    const found = mistakes.map(({ offset, text }) => {
      const { line, col } = lines.linePos(offset);
      return { line, column: col, text };
    });
    throw invalidError(file, kind, found);
  }
  const fail = (found: readonly Mistake[]): HilError =>
    invalidError(
      file,
      kind,
      found.slice(0, placed).map((mistake) => ({
        ...locateKey(document, lines, mistake.path, mistake.at),
        text: describeMistake(mistake),
      })),
      { count: found.length },
    );
  try {
    return { data: document.toJS(), fail };
  } catch (error) {
    // An alias without an anchor, or an alias that expands without end.
    throw invalidError(file, kind, [{ line: 1, column: 1, text: withoutSource(messageOf(error)) }], {
      cause: error,
    });
  }
}

/**
 * Checks a file against its schema and the rules between its keys. Throws the kind's code with the first mistakes, and how many there are.
 * @param rules get the plain data, so that they are checked even while keys are wrong
 */
export function checkYaml<Schema extends z.ZodType>(
  { data, fail }: YamlFile,
  schema: Schema,
  rules: (data: unknown) => readonly Mistake[],
): z.output<Schema> {
  const result = schema.safeParse(data);
  const mistakes = result.success ? [] : schemaMistakes(result.error.issues, schema, data);
  mistakes.push(...rules(data));
  if (!result.success || mistakes.length > 0) throw fail(mistakes);
  return result.data;
}
