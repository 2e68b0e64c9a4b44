import {
  exampleCharacters,
  exampleValues,
  otherCharacters,
  otherValues,
  plainText,
  valueOfLength,
  withBytes,
} from './strings.ts';

test('plain text has the requested length, and neighbouring characters differ', () => {
  for (const bytes of [0, 1, 36, 37, 512]) expect(plainText(bytes)).toHaveLength(bytes);
  expect(plainText(100)).not.toMatch(/(.)\1/);
});

test('a well-formed value has the requested length', () => {
  for (const bytes of [22, 44, 45, 46, 254, 255, 256, 510]) {
    const appInfo = valueOfLength('appInfo', bytes);
    expect(appInfo).toHaveLength(bytes);
    for (const log of appInfo.split(';')) expect(log).toMatch(/^[^|]+\|[^|]+\|\d+\|\d+$/);
    const location = valueOfLength('location', bytes);
    expect(location).toHaveLength(bytes);
    expect(location).toMatch(/^\d+\.\d*,\d+\.\d+,OTDOA$/);
  }
});

test('more bytes leave an appInfo well-formed', () => {
  const value = withBytes('appInfo', valueOfLength('appInfo', 254), '\xe4\xb8\xad');
  expect(value).toHaveLength(257);
  expect(value).toMatch(/\|9123$/);
  expect(withBytes('mac', 'ab', '\xc3\xa9')).toBe('ab\xc3\xa9');
});

test.each([
  ['appInfo', 255],
  ['location', 255],
  ['volte', 7],
  ['mac', 19],
])('the values for %s hold every character of their set and keep its limit of %i bytes', (field, limit) => {
  for (const [values, set] of [
    [exampleValues(field), exampleCharacters],
    [otherValues(field, limit), otherCharacters],
  ] as const) {
    for (const character of set) expect(values.join('')).toContain(character);
    for (const value of values) expect(value.length).toBeLessThanOrEqual(limit);
  }
});

test.each(['volte', 'mac'])('each example character is at each end of some value for %s', (field) => {
  for (const character of exampleCharacters) {
    expect(exampleValues(field).some((value) => value.startsWith(character))).toBe(true);
    expect(exampleValues(field).some((value) => value.endsWith(character))).toBe(true);
  }
});

test('each example character is where the note lets a name or a source begin or end', () => {
  for (const character of exampleCharacters) {
    expect(exampleValues('location').some((value) => value.startsWith(`31.5,-117.5,${character}`))).toBe(
      true,
    );
    expect(exampleValues('location').some((value) => value.endsWith(character))).toBe(true);
  }
  for (const character of exampleCharacters.replace(/[;|]/g, ''))
    expect(exampleValues('appInfo').some((value) => value.startsWith(`${character}a${character}|`))).toBe(
      true,
    );
  for (const value of exampleValues('appInfo'))
    for (const log of value.split(';')) expect(log).toMatch(/^[^|]+\|[^|]+\|\d+\|\d+$/);
});

test('the two sets are all printable ASCII characters except letters, digits and the quote', () => {
  expect(exampleCharacters.length + otherCharacters.length).toBe(0x7f - 0x20 - 62 - 1);
  expect(new Set(exampleCharacters + otherCharacters).size).toBe(32);
  expect(otherCharacters).not.toMatch(/["A-Za-z0-9]/);
});
