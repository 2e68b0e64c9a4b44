import path from 'node:path';

import { ESLint } from 'eslint';

const root = path.resolve(import.meta.dirname, '..');

/** Lints a text as if it stood in this file of the repository, with the project's rules. */
async function broken(text: string, file = 'harness/base/clock.ts'): Promise<(string | null)[]> {
  // Where CI is set typescript-eslint reads files from the disk instead of the text it is given.
  process.env['TSESTREE_SINGLE_RUN'] = 'false';
  const eslint = new ESLint({ cwd: root, overrideConfigFile: path.join(root, '.config/eslint.config.mjs') });
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
  return [...new Set(result?.messages.map(({ ruleId }) => ruleId))];
}

test.each([
  [
    'imports out of order',
    "import './nearest.ts';\nimport path from 'node:path';\nvoid path;\n",
    'simple-import-sort/imports',
  ],
  [
    'one module imported twice',
    "import { a } from './a.ts';\nimport type { B } from './a.ts';\nexport const c: B = a;\n",
    'import-x/no-duplicates',
  ],
  ['a file of more than 250 lines', 'export {};\n'.repeat(251), 'max-lines'],
  [
    'a long file that is excused without a reason',
    `/* eslint-disable max-lines */\n${'\n'.repeat(260)}`,
    '@eslint-community/eslint-comments/require-description',
  ],
  ['an error without a code', "throw new Error('x');\n", 'no-restricted-syntax'],
  [
    'a promise that nothing waits for',
    'void 0;\nPromise.resolve(1);\n',
    '@typescript-eslint/no-floating-promises',
  ],
])(
  'lint reports %s',
  async (_, text, rule) => {
    expect(await broken(text)).toContain(rule);
  },
  60_000,
);

test('lint lets a long file with its reason through', async () => {
  const text = `/* eslint-disable max-lines -- one table, and nothing to split it by */\n${'export {};\n'.repeat(251)}`;
  expect(await broken(text)).not.toContain('max-lines');
}, 60_000);

test('lint reports an expectation of a suite that does not say what is looked at', async () => {
  const text = 'expect(1).toBe(1);\n';
  expect(await broken(text, 'suites/10-access-forms.suite.ts')).toContain('no-restricted-globals');
  expect(await broken(text)).not.toContain('no-restricted-globals');
}, 60_000);
