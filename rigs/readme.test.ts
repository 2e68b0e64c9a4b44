import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';

import { parseRigFile } from './file/load-rig-file.ts';
import { replayRigSchema, rigFileSchema } from './file/rig-file.ts';

const readme = readFileSync(path.join(import.meta.dirname, 'README.md'), 'utf8');

const examples = [...readme.matchAll(/^```yaml\n(name: .*?)^```$/gms)].map(([, source = '']) => source);

/** The parts of a zod schema that lead to its keys. */
interface Definition {
  readonly shape?: Record<string, object>;
  readonly innerType?: object;
  readonly options?: readonly object[];
}

const definitionOf = (schema: object): Definition => (schema as { _zod: { def: Definition } })._zod.def;

/** The names of all keys that hold a value; `{ env: NAME }` is a value. */
function keysOf({ shape = {}, innerType, options = [] }: Definition): string[] {
  const own = Object.entries(shape).flatMap(([name, schema]) => {
    const inner = name === 'password' ? [] : keysOf(definitionOf(schema));
    return inner.length > 0 ? inner : [name];
  });
  return [
    ...own,
    ...(innerType ? keysOf(definitionOf(innerType)) : []),
    ...options.flatMap((option) => keysOf(definitionOf(option))),
  ];
}

describe('the README of rigs/', () => {
  test('has an example for each driver that has no mistakes', () => {
    const rigs = examples.map((source) =>
      source.includes('driver: replay')
        ? replayRigSchema.parse(parse(source))
        : parseRigFile('/bench/bench.yaml', source, { BC26_DMP_PASSWORD: 'abcd1234' }),
    );
    expect(rigs.map(({ control }) => control.driver)).toEqual(['emulator', 'command', 'onoff', 'replay']);
  });

  test('has a row for each key', () => {
    const rows = [...readme.matchAll(/^\| `([a-zA-Z.]+)`/gm)].map(([, key = '']) => key.split('.').at(-1));
    expect(rows).toEqual(expect.arrayContaining(keysOf(definitionOf(rigFileSchema))));
  });
});
