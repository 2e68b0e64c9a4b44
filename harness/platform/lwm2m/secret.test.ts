import { decodeCipherBlocks, decrypt, encrypt, keysOf } from './secret.ts';

// The vectors of CMDMP.md §1.2.
const name = '863703030822519-863703030822519-460001234567890';
const text = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && Buffer.from(bytes).toString('latin1');

describe('the key that encrypts names and values', () => {
  const [empty] = keysOf('');

  test('an empty password stands for 32 zeros', () => {
    expect(encrypt(empty!, '4096KB')).toBe('fGa51chM15tBqhOApNqTYA==');
    expect(encrypt(empty!, 'x')).toBe(encrypt(keysOf('0'.repeat(32))[0]!, 'x'));
  });

  test('decrypts what a client encrypted', () => {
    const cipher = 'p9ji4ZgAebyoRnlu35cu8ZCZcImyWpqzF5LHm/sBUEWNVxNgnO1BZWlC4ISctWaN';
    expect(text(decrypt(empty!, cipher))).toMatch(/^863703030822519-.*-460001234567890-v2\.0$/);
    const update = 'p9ji4ZgAebyoRnlu35cu8ZCZcImyWpqzF5LHm/sBUEWW0h/Az3GgfYaH0dlrArfV';
    expect(text(decrypt(empty!, update))).toMatch(/-460001234567890-\*{4}$/);
  });

  test('a digest with a zero byte gives a second, truncated key', () => {
    const [full, truncated] = keysOf('vector-3');
    expect(full!.form).toBe('full');
    expect(truncated!.form).toBe('truncated');
    const full3 = 'GMPUocWVBPJnH/JDYVlWz3Lc0vcizzkVmlYnFKvYQcbxODrXq6tuir5Zr+q0Kf/W';
    const cut3 = '2ZTWuxiHvCx7BMcbWqeiG+Tn9ODj8JRUmlHpol2uJecf9NNaHrXfwEojNCukfde1';
    const clear = text(decrypt(full!, full3))!;
    expect(clear).toMatch(/^863703030822519-.*-v2\.0$/);
    expect(encrypt(full!, clear)).toBe(full3);
    expect(encrypt(truncated!, clear)).toBe(cut3);
    expect(text(decrypt(truncated!, cut3))).toBe(clear);
  });

  test('a digest without a zero byte gives one key only', () => {
    expect(keysOf('').map(({ form }) => form)).toEqual(['full']);
  });

  test('a wrong key gives nothing, or another text', () => {
    const cipher = encrypt(keysOf('one')[0]!, name);
    expect(text(decrypt(keysOf('another')[0]!, cipher))).not.toBe(name);
  });
});

test.each([
  ['', 'empty'],
  ['fGa51chM15tBqhOApNqTYA', 'without padding'],
  ['fGa51chM15tBqhOApNqTY===', 'padded too much'],
  ['fGa51chM15tBqhOApN-TYA==', 'with a character of base64url'],
  ['fGa51chM15tBqhOApNqTYA==\n', 'with a line break'],
  ['AAAA', 'less than a block'],
])('%j is not a cipher text: %s', (base64) => {
  expect(decodeCipherBlocks(base64)).toBeUndefined();
});
