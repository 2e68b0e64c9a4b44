import type { z } from 'zod';

import { escapeText } from '../../harness/base/escape.ts';
import { nearest } from '../../harness/base/nearest.ts';
import type { KeyPath } from './locate-key.ts';

/** Something wrong in a rig file: which key, and one line that says what is wrong and what would mend it. */
export interface Mistake {
  readonly path: KeyPath;
  /** Whether the key itself is wrong, or its value. */
  readonly at: 'key' | 'value';
  readonly text: string;
}

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** What stands at `path` in plain data; undefined where nothing does. */
export const valueAt = (data: unknown, path: KeyPath): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );

/** What stands in the file, for a person: bounded, escaped. */
function found(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const shown = escapeText(`${value as string | number | boolean}`).replaceAll('\n', '\\n');
  const short = shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
  return typeof value === 'string' ? `the text '${short}'` : `the ${typeof value} ${short}`;
}

const called: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

const quotingMends = (expected: string, value: unknown): boolean =>
  expected === 'string' && (typeof value === 'number' || typeof value === 'boolean');

function wrongType(expected: string, value: unknown): string {
  const what = called[expected] ?? expected;
  if (value === undefined) return `is missing; give ${what}`;
  const mend = quotingMends(expected, value) ? '; put it in quotes' : '';
  return `expected ${what}, found ${found(value)}${mend}`;
}

/** The members of a map at this place of the schema: those of the chosen driver where there are several. */
function keysOf(schema: Schema | undefined, data: unknown): readonly string[] {
  if (!schema) return [];
  const def = schema._zod.def as z.core.$ZodTypeDef & {
    shape?: Record<string, Schema>;
    innerType?: Schema;
    options?: Schema[];
  };
  if (def.shape) return Object.keys(def.shape);
  if (def.innerType) return keysOf(def.innerType, data);
  const members = def.options?.filter((option) => memberFits(option, data)) ?? [];
  return members.flatMap((member) => keysOf(member, data));
}

const memberFits = (member: Schema, data: unknown): boolean => {
  const { shape } = member._zod.def as { shape?: Record<string, Schema> } & object;
  const driver = shape?.['driver']?._zod.values;
  return driver?.has(valueAt(data, ['driver']) as string) ?? false;
};

function schemaAt(schema: Schema | undefined, path: KeyPath): Schema | undefined {
  const [key, ...rest] = path;
  if (key === undefined || !schema) return schema;
  const def = schema._zod.def as {
    shape?: Record<string, Schema>;
    innerType?: Schema;
    valueType?: Schema;
  } & object;
  if (def.innerType) return schemaAt(def.innerType, path);
  return schemaAt(def.valueType ?? def.shape?.[String(key)], rest);
}

/** A key that already stands there is not the one that was meant. */
function unknownKey(key: string, known: readonly string[], data: unknown): string {
  const missing = known.filter((name) => valueAt(data, [name]) === undefined);
  const near = nearest(key, missing)[0];
  const mend = near ? `did you mean ${near}?` : `known here: ${known.join(', ')}`;
  return `unknown key; ${mend}`;
}

const units: Record<string, string> = { string: 'character', array: 'item' };

function limit(issue: { origin: string }, bound: number | bigint, side: string): string {
  const unit = units[issue.origin];
  return `at ${side} ${bound}${unit ? ` ${unit}${Number(bound) === 1 ? '' : 's'}` : ''}`;
}

function textOf(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, value);
    case 'too_small':
      return `expected ${limit(issue, issue.minimum, 'least')}, found ${found(value)}`;
    case 'too_big':
      return `expected ${limit(issue, issue.maximum, 'most')}, found ${found(value)}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}; found ${found(value)}`;
    case 'invalid_union':
      return unionText(issue, value);
    default:
      return value === undefined
        ? `is missing; give ${issue.message}`
        : `expected ${issue.message}; found ${found(value)}`;
  }
}

function unionText(issue: z.core.$ZodIssueInvalidUnion, value: unknown): string {
  const options: readonly unknown[] = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
  const expected = options.length > 0 ? `one of ${options.map(String).join(', ')}` : issue.message;
  return value === undefined ? `is missing; give ${expected}` : `expected ${expected}; found ${found(value)}`;
}

/** Credentials are never repeated in a message: messages end in logs. */
const shownAt = (data: unknown, path: KeyPath): unknown => {
  const value = valueAt(data, path);
  return path[0] === 'credentials' && typeof value === 'string' ? '***' : value;
};

/** What the schema found, one mistake a key, in words that name the mend. */
export const schemaMistakes = (issues: readonly Issue[], schema: Schema, data: unknown): Mistake[] =>
  issues.flatMap((issue): Mistake[] => {
    if (issue.code !== 'unrecognized_keys')
      return [{ path: issue.path, at: 'value', text: textOf(issue, shownAt(data, issue.path)) }];
    const map = valueAt(data, issue.path);
    const known = keysOf(schemaAt(schema, issue.path), map);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      at: 'key',
      text: unknownKey(key, known, map),
    }));
  });
