import { readFileSync } from 'node:fs';

import { handlers } from './commands/registry.ts';
import { settingSpecs } from './settings/settings.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

/** The cells of the tables, without the escapes of Markdown. */
const rows = readme
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
  .map((cells) => cells.map((cell) => cell.trim().replace(/\\([|*<])/g, '$1')));

test('the README has every setting as it is', () => {
  const expected = Object.entries(settingSpecs).map(([name, { values, default: initial, why }]) => [
    `\`${name}\``,
    values,
    `\`${String(initial)}\``,
    why,
  ]);
  expect(rows.filter(({ length }) => length === 4)).toEqual(expected);
});

test('the README names every command', () => {
  expect([...handlers.keys()].filter((name) => !readme.includes(`\`AT${name}\``))).toEqual([]);
});
