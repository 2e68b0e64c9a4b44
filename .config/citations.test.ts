import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { citationMistakes, missingPaths } from './citations.mjs';

const root = path.resolve(import.meta.dirname, '..');

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

test('every citation names a document of this repository and a heading of it', () => {
  const citing = tracked.filter((file) => /\.(ts|mjs|sh|ya?ml|md)$|^\.ci\//.test(file));
  expect(citationMistakes(citing.map((file) => ({ path: file, text: read(file) })))).toEqual([]);
});

test('every file that CONTRIBUTING names is there', () => {
  expect(missingPaths(read('CONTRIBUTING.md'), tracked)).toEqual([]);
});

describe('the checker', () => {
  // Put together here, so that this file cites none of them itself.
  const [guide, readme, gone] = ['GUIDE', 'README', 'GONE'].map((name) => `${name}.md`);
  const documents = [
    {
      path: `docs/${guide}`,
      text: '# Guide\n\n## 1 Boot text\n\n### 1.2 `AT` lines\n\n## E Others\n\n```\n# 9 No\n```\n',
    },
    { path: `docs/${readme}`, text: '# Docs\n\n## The port\n' },
    { path: `other/${readme}`, text: '# Other\n' },
  ];
  const checked = (text: string, file = 'src/a.ts') => citationMistakes([...documents, { path: file, text }]);

  test.each([
    `// ${guide} §1, §1.2 and §E say so.`,
    `/** As ${guide} §1.2, "Boot text", has it. */`,
    ` * (see docs/${readme}, "The\n * port")`,
    `// (\`docs/${guide}\`, "AT lines")`,
    `throw new Error('see docs/${readme}, "The port"');`,
    `read('${gone}');`,
    `// RFC 7252 §4.8 and the AT manual §1.2`,
  ])('takes %j', (text) => {
    expect(checked(text)).toEqual([]);
  });

  test.each([
    [`// ${guide} §2`, `src/a.ts:1: ${guide} §2: docs/${guide} has no heading §2`],
    [`\n// ${guide} §1, §1.3.`, `src/a.ts:2: ${guide} §1, §1.3: docs/${guide} has no heading §1.3`],
    [`// ${guide} §E2`, `src/a.ts:1: ${guide} §E2: docs/${guide} has no heading §E2`],
    [`// ${guide} §9`, `src/a.ts:1: ${guide} §9: docs/${guide} has no heading §9`],
    [
      `/**\n * ${guide} §1, "Boot\n * texts"\n */`,
      `src/a.ts:2: ${guide} §1, "Boot texts": docs/${guide} has no heading "Boot texts"`,
    ],
    [`fail('${gone} §1');`, `src/a.ts:1: ${gone} §1: no such document in this repository`],
    [`// as in ${gone}`, `src/a.ts:1: ${gone}: no such document in this repository`],
    [
      `// ${readme}, "The port"`,
      `src/a.ts:1: ${readme}, "The port": several documents have this name; give the path`,
    ],
  ])('refuses %j', (text, mistake) => {
    expect(checked(text)).toEqual([mistake]);
  });

  test('prefers the document beside the citing file', () => {
    expect(checked(`// ${readme}, "The port"`, 'docs/a.ts')).toEqual([]);
    expect(checked(`// ${readme}, "The port"`, 'other/a.ts')).toEqual([
      `other/a.ts:1: ${readme}, "The port": other/${readme} has no heading "The port"`,
    ]);
  });
});

test('a path in code marks is a tracked file, or a folder that holds one', () => {
  const text = '`a/b.ts`, `a/`, `a/b.test.ts`, `c/`, `c/d/e.mjs`, `npx a/x.ts`, `a/b`, a/y.ts';
  expect(missingPaths(text, ['a/b.ts'])).toEqual(['a/b.test.ts', 'c/', 'c/d/e.mjs']);
});
