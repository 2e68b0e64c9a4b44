import type { z } from 'zod';

import { escapeText } from '../../harness/base/escape.ts';
import { didYouMean } from '../../harness/base/nearest.ts';
import { type KeyPath, type Mistake, valueAt } from './mistake.ts';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** A value other than text in the place of a secret, of which only the type may be told. */
class Hidden {
  readonly type: string;
  constructor(type: string) {
    this.type = type;
  }
}

/** Describes a value of the file in a message: limited in length, escaped. */
function describeValue(value: unknown): string {
  if (value instanceof Hidden) return `a ${value.type} (not shown here); put it in quotes`;
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const shown = escapeText(`${value as string | number | boolean}`).replaceAll('\n', '\\n');
  const short = shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
  return typeof value === 'string' ? `the text '${short}'` : `the ${typeof value} ${short}`;
}

const typeNames: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

const needsQuotes = (expected: string, value: unknown): boolean =>
  expected === 'string' && (typeof value === 'number' || typeof value === 'boolean');

function describeWrongType(expected: string, value: unknown): string {
  const what = typeNames[expected] ?? expected;
  if (value === undefined) return `is missing; give ${what}`;
  const hint = needsQuotes(expected, value) ? '; put it in quotes' : '';
  return `expected ${what}, found ${describeValue(value)}${hint}`;
}

/** The keys of a map at this place of the schema; of a union, those of the chosen driver. */
function keysOf(schema: Schema | undefined, data: unknown): readonly string[] {
  if (!schema) return [];
  const def = schema._zod.def as z.core.$ZodTypeDef & {
    shape?: Record<string, Schema>;
    innerType?: Schema;
    options?: Schema[];
  };
  if (def.shape) return Object.keys(def.shape);
  if (def.innerType) return keysOf(def.innerType, data);
  const only = onlyMap(def.options);
  if (only) return keysOf(only, data);
  const members = def.options?.filter((option) => isChosenMember(option, data)) ?? [];
  return members.flatMap((member) => keysOf(member, data));
}

/** The one member of a union that is a map. */
function onlyMap(options: readonly Schema[] = []): Schema | undefined {
  const maps = options.filter((option) => 'shape' in option._zod.def);
  return maps.length === 1 ? maps[0] : undefined;
}

const isChosenMember = (member: Schema, data: unknown): boolean => {
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
    options?: Schema[];
  } & object;
  const inner = def.innerType ?? onlyMap(def.options);
  if (inner) return schemaAt(inner, path);
  return schemaAt(def.valueType ?? def.shape?.[String(key)], rest);
}

/** @param missing suggested are only keys that the map does not have yet */
function describeUnknownKey(key: string, known: readonly string[], missing: readonly string[]): string {
  return `unknown key${didYouMean(key, missing) || `; known here: ${known.join(', ')}`}`;
}

const units: Record<string, string> = { string: 'character', array: 'item' };

function describeLimit(issue: { origin: string }, bound: number | bigint, side: string): string {
  const unit = units[issue.origin];
  return `at ${side} ${bound}${unit ? ` ${unit}${Number(bound) === 1 ? '' : 's'}` : ''}`;
}

function describeIssue(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return describeWrongType(issue.expected, value);
    case 'too_small':
      return `expected ${describeLimit(issue, issue.minimum, 'least')}, found ${describeValue(value)}`;
    case 'too_big':
      return `expected ${describeLimit(issue, issue.maximum, 'most')}, found ${describeValue(value)}`;
    case 'invalid_value':
      return describeChoice(issue.values.map(String), value);
    case 'invalid_union':
      return describeUnion(issue, value);
    default:
      return value === undefined
        ? `is missing; give ${issue.message}`
        : `expected ${issue.message}; found ${describeValue(value)}`;
  }
}

function describeUnion(issue: z.core.$ZodIssueInvalidUnion, value: unknown): string {
  const options: readonly unknown[] = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
  if (value !== undefined && options.length > 0) return describeChoice(options.map(String), value);
  const expected = options.length > 0 ? `one of ${options.map(String).join(', ')}` : issue.message;
  return value === undefined
    ? `is missing; give ${expected}`
    : `expected ${expected}; found ${describeValue(value)}`;
}

function describeChoice(choices: readonly string[], value: unknown): string {
  const near = typeof value === 'string' ? didYouMean(value, choices) : '';
  return `expected one of ${choices.join(', ')}; found ${describeValue(value)}${near}`;
}

/** Credentials never appear in a message, since messages end up in logs. */
const maskedValueAt = (data: unknown, path: KeyPath): unknown => {
  const value = valueAt(data, path);
  if (path[0] !== 'credentials' || value === undefined || value === null || typeof value === 'object')
    return value;
  return typeof value === 'string' ? '***' : new Hidden(typeof value);
};

/** A password in braces is a map to YAML, and its keys are the password, unless one is nearly what was meant. */
const isSecretKey = (path: KeyPath, key: string, known: readonly string[]): boolean =>
  path[0] === 'credentials' && path[1] === 'password' && didYouMean(key, known) === '';

/** Where a union admits one map and the file has a map: the issues within it say more than that nothing matches. */
function withinMap(issue: Issue, data: unknown): readonly Issue[] {
  const value = valueAt(data, issue.path);
  if (issue.code !== 'invalid_union' || typeof value !== 'object' || value === null) return [issue];
  const maps = issue.errors.filter((issues) =>
    issues.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  const [only] = maps;
  if (!only || maps.length > 1) return [issue];
  return only.flatMap((each) => withinMap({ ...each, path: [...issue.path, ...each.path] }, data));
}

/** Turns the schema's issues into mistakes, one for each key. */
export const schemaMistakes = (found: readonly Issue[], schema: Schema, data: unknown): Mistake[] =>
  found
    .flatMap((issue) => withinMap(issue, data))
    .flatMap((issue): Mistake[] => {
      if (issue.code !== 'unrecognized_keys')
        return [
          { path: issue.path, at: 'value', text: describeIssue(issue, maskedValueAt(data, issue.path)) },
        ];
      const map = valueAt(data, issue.path);
      const known = keysOf(schemaAt(schema, issue.path), map);
      const missing = known.filter((name) => valueAt(map, [name]) === undefined);
      return issue.keys.map((key) =>
        isSecretKey(issue.path, key, known)
          ? { path: issue.path, at: 'value', text: 'expected text, found a map; put it in quotes' }
          : { path: [...issue.path, key], at: 'key', text: describeUnknownKey(key, known, missing) },
      );
    });
