import { readdirSync } from 'node:fs';

import { openCommandLayer } from '../board/command-layer.fixture.ts';
import { faults } from './registry.ts';

test('ids are in kebab case, no two alike, each with one line', () => {
  const ids = faults.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(faults.filter(({ id }) => !/^[a-z\d]+(-[a-z\d]+)*$/.test(id))).toEqual([]);
  expect(faults.filter(({ describe: line }) => line === '' || line.includes('\n'))).toEqual([]);
});

/** Files that hold no faults. */
const tools = ['fault.ts', 'fault-builders.ts', 'match-command.ts', 'registry.ts', 'saved-parameter.ts'];

test('each file with faults has a test', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !/\.(test|fixture)\.ts$/.test(file));
  const tested = files
    .filter((file) => !tools.includes(file))
    .map((file) => file.replace(/\.ts$/, '.test.ts'));
  expect(readdirSync(import.meta.dirname)).toEqual(expect.arrayContaining(tested));
});

test('of two faults at once the newest is called first, and the other still shows', () => {
  const both = faults.filter(({ id }) => id === 'query-server-wrong' || id === 'prefix-wrong');
  expect(openCommandLayer(both).send('AT+QDMPCFG=4,1')).toEqual(['+DMPCFG: 1,117.161.2.41,5684,86400', 'OK']);
});
