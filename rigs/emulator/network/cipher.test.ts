import { encryptValue } from './cipher.ts';

const IDENTITY = '863703030822519-****-460001234567890';

// The vectors of CMDMP.md §1.2, made with a synthetic key.
test.each([
  [
    'an empty key',
    `${IDENTITY}-v2.0`,
    '',
    'full',
    'p9ji4ZgAebyoRnlu35cu8ZCZcImyWpqzF5LHm/sBUEWNVxNgnO1BZWlC4ISctWaN',
  ],
  [
    'an empty key, update',
    `${IDENTITY}-****`,
    '',
    'full',
    'p9ji4ZgAebyoRnlu35cu8ZCZcImyWpqzF5LHm/sBUEWW0h/Az3GgfYaH0dlrArfV',
  ],
  ['an empty key, value', '4096KB', '', 'full', 'fGa51chM15tBqhOApNqTYA=='],
  ['an empty key has no zero in its digest', '4096KB', '', 'truncated', 'fGa51chM15tBqhOApNqTYA=='],
  [
    'a key whose digest has a zero byte',
    `${IDENTITY}-v2.0`,
    'vector-3',
    'full',
    'GMPUocWVBPJnH/JDYVlWz3Lc0vcizzkVmlYnFKvYQcbxODrXq6tuir5Zr+q0Kf/W',
  ],
  [
    'the same, cut there',
    `${IDENTITY}-v2.0`,
    'vector-3',
    'truncated',
    '2ZTWuxiHvCx7BMcbWqeiG+Tn9ODj8JRUmlHpol2uJecf9NNaHrXfwEojNCukfde1',
  ],
] as const)('%s', (_, clear, password, digest, expected) => {
  expect(encryptValue(clear, password, digest)).toBe(expected);
});
