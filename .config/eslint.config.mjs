import path from 'node:path';
import tseslint from 'typescript-eslint';
import { floorsRule } from './floors.mjs';

const root = path.resolve(import.meta.dirname, '..');

export default tseslint.config(
  { ignores: ['node_modules/**', 'reports/runs/**', 'reports/latest/**', 'coverage/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: path.join(root, 'tsconfig.json'), tsconfigRootDir: root } },
    plugins: { house: { rules: { floors: floorsRule } } },
    rules: {
      'house/floors': 'error',
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
    // Tests may build plain errors; the emulator is a program of its own and has no HilError.
    files: ['**/*.test.ts', '**/*.fixture.ts', 'rigs/emulator/**/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
