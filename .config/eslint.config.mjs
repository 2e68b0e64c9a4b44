import comments from '@eslint-community/eslint-plugin-eslint-comments';
import importX from 'eslint-plugin-import-x';
import path from 'node:path';
import simpleImportSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

const root = path.resolve(import.meta.dirname, '..');

export default tseslint.config(
  { ignores: ['node_modules/**', 'reports/runs/**', 'reports/prove/**', 'reports/latest/**', 'coverage/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [path.join(root, 'tsconfig.json'), path.join(root, 'reports/page/view/tsconfig.json')],
        tsconfigRootDir: root,
      },
    },
    plugins: {
      'import-x': importX,
      'simple-import-sort': simpleImportSort,
      '@eslint-community/eslint-comments': comments,
    },
    rules: {
      'simple-import-sort/imports': 'error',
      'simple-import-sort/exports': 'error',
      'max-lines': ['error', 250],
      'import-x/no-duplicates': ['error', { 'prefer-inline': true }],
      '@eslint-community/eslint-comments/require-description': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Error']",
          message: 'throw a HilError with a stable code (harness/base/error.ts)',
        },
      ],
    },
  },
  {
    // A failure of a suite says what was looked at; Jest's own expect() does not ask for that.
    files: ['suites/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.fixture.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'expect', message: 'import expect from harness/jest/suite.ts: it names what is looked at' },
      ],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node:assert/strict', message: 'use expect of harness/jest/suite.ts' }] },
      ],
    },
  },
  {
    // Tests may build plain errors; the emulator is a program of its own and has no HilError.
    files: ['**/*.test.ts', '**/*.fixture.ts', 'rigs/emulator/**/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
