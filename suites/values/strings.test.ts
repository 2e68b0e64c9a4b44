import {
  exampleCharacters,
  exampleValues,
  otherCharacters,
  otherValues,
  plainText,
  valueOfLength,
  valueUpTo,
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

test('an ordinary value has the form that a module may check', () => {
  expect([1, 17, 18, 30].map((bytes) => valueUpTo('mac', Math.max(bytes, 17)))).toEqual(
    Array(4).fill('00-01-6C-06-A6-29'),
  );
  expect([2, 3, 6].map((bytes) => valueUpTo('volte', bytes))).toEqual(['on', 'off', 'off']);
  expect(valueOfLength('mac', 17)).toBe('00-01-6C-06-A6-29');
  expect([18, 19].map((bytes) => valueOfLength('mac', bytes).length)).toEqual([18, 19]);
  expect(valueOfLength('phoneNum', 19)).toMatch(/^\d{19}$/);
  expect(valueUpTo('account', 46)).toHaveLength(46);
});

const limits = { appInfo: 255, location: 255, volte: 7, mac: 19, osSysVer: 47, netType: 19, account: 47 };

test.each(Object.entries(limits))('the other values for %s keep its limit of %i bytes', (field, limit) => {
  const values = otherValues(field, limit);
  for (const value of values) expect(value.length).toBeLessThanOrEqual(limit);
  for (const character of otherCharacters) expect(values.join('')).toContain(character);
});

test.each(['volte', 'mac', 'account'] as const)(
  'each example character is at each end of some other value for %s',
  (field) => {
    const values = otherValues(field, limits[field]);
    for (const character of exampleCharacters) {
      expect(values.some((value) => value.startsWith(character))).toBe(true);
      expect(values.some((value) => value.endsWith(character))).toBe(true);
    }
  },
);

test('each example character is where the note lets a name or a source begin or end', () => {
  const values = { location: otherValues('location', 255), appInfo: otherValues('appInfo', 255) };
  for (const character of exampleCharacters) {
    expect(values.location.some((value) => value.startsWith(`31.5,-117.5,${character}`))).toBe(true);
    expect(values.location.some((value) => value.endsWith(character))).toBe(true);
  }
  for (const character of exampleCharacters.replace(/[;|]/g, ''))
    expect(values.appInfo.some((value) => value.startsWith(`${character}a${character}|`))).toBe(true);
  for (const value of values.appInfo)
    for (const log of value.split(';')) expect(log).toMatch(/^[^|]+\|[^|]+\|\d+\|\d+$/);
});

test.each([
  ['appInfo', '|;'],
  ['mac', '-'],
  ['osSysVer', ' '],
  ['netType', '-'],
  ['location', ',.'],
])("%s is tried with the characters of the note's examples: %s", (field, characters) => {
  for (const character of characters) expect(exampleValues(field).join('')).toContain(character);
  if (field === 'mac') expect(exampleValues(field)[0]).toMatch(/^([\dA-F]{2}-){5}[\dA-F]{2}$/);
});

test('fields whose examples have no special character are not tried with any', () => {
  for (const field of ['rom', 'swVer', 'volte', 'account', 'phoneNum'])
    expect(exampleValues(field)).toEqual([]);
});

test('the two sets are all printable ASCII characters except letters, digits and the quote', () => {
  expect(exampleCharacters.length + otherCharacters.length).toBe(0x7f - 0x20 - 62 - 1);
  expect(new Set(exampleCharacters + otherCharacters).size).toBe(32);
  expect(otherCharacters).not.toMatch(/["A-Za-z0-9]/);
});
