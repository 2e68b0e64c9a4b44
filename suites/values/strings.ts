const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Text of this many bytes. Neighbouring characters differ, so a cut or a shift is noticed. */
export const plainText = (bytes: number): string =>
  alphabet.repeat(Math.ceil(bytes / alphabet.length)).slice(0, bytes);

const digits = (places: number): string => '1234567890'.repeat(Math.ceil(places / 10)).slice(0, places);

/** One log of an appInfo: app name, package name, use time, times opened (app note §2.2). */
const log = 'Reader|FW1|990650|9123';

/** Logs separated by semicolons; the first app's name fills up the length. */
function appInfo(bytes: number): string {
  const logs = Math.max(1, Math.floor((bytes + 1) / (log.length + 1)));
  const text = Array.from({ length: logs }, () => log).join(';');
  return plainText(bytes - text.length) + text;
}

/** `latitude,longitude,source`, as in the note's example; the decimals fill up the length. */
function location(bytes: number): string {
  const rest = bytes - '31.,117.,OTDOA'.length;
  return `31.${digits(Math.floor(rest / 2))},117.${digits(Math.ceil(rest / 2))},OTDOA`;
}

/** Fields of which a value of ordinary form has few lengths: a module may check them. */
const ordinary: Readonly<Record<string, readonly string[]>> = {
  mac: ['00-01-6C-06-A6-29'],
  volte: ['on', 'off'],
};

/** The shortest values tried where the note gives a form, in bytes. */
const shortest: Readonly<Record<string, number>> = {
  appInfo: log.length,
  location: '31.1,117.1,OTDOA'.length,
};

/** The shortest length tried for an extended field, in bytes. */
export const shortestLength = (field: string): number => ordinary[field]?.[0]?.length ?? shortest[field] ?? 1;

/**
 * A value for an extended field of this many bytes, at least `shortestLength`. An appInfo or a location is
 * well-formed, and a phone number is digits; so are a MAC address and a VoLTE state of a length that such a value has.
 */
export function valueOfLength(field: string, bytes: number): string {
  if (field === 'appInfo') return appInfo(bytes);
  if (field === 'location') return location(bytes);
  if (field === 'phoneNum') return digits(bytes);
  return ordinary[field]?.find(({ length }) => length === bytes) ?? plainText(bytes);
}

/** The longest well-formed value for an extended field of at most this many bytes. */
export const valueUpTo = (field: string, bytes: number): string =>
  ordinary[field]?.findLast(({ length }) => length <= bytes) ?? valueOfLength(field, bytes);

/** The value with more bytes (latin1) where its form allows any: in the first app's name, otherwise at the end. */
export const withBytes = (field: string, value: string, bytes: string): string =>
  field === 'appInfo' ? bytes + value : value + bytes;

/** The special characters inside strings of the note's examples (clause EX-CHARS). */
export const exampleCharacters = ',;| -.';

/** All other printable ASCII characters except letters, digits and the quote (EX-CHARS-ANY). */
export const otherCharacters = Array.from({ length: 0x7f - 0x20 }, (_, index) =>
  String.fromCharCode(0x20 + index),
)
  .filter((character) => !/[A-Za-z0-9"]/.test(character) && !exampleCharacters.includes(character))
  .join('');

/** All rotations of a text: each character is once at the beginning and once at the end. */
const rotations = (text: string): readonly string[] =>
  [...text].map((_, place) => text.slice(place) + text.slice(0, place));

/**
 * The values tried in a field for EX-CHARS: each character in the fields in which the note's examples have it, inside the
 * value as there. The others belong to EX-CHARS-ANY.
 */
const withExamples: Readonly<Record<string, readonly string[]>> = {
  appInfo: ['abc|def|1|2;g|h|3|4', 'i|j|5|6'],
  mac: ['02-0A-1B-2C-3D-4E'],
  osSysVer: ['a b c d'],
  netType: ['ab-c-d'],
  location: ['31.5,117.5,abc', '-31.25,-117.75,def'],
};

/** The values tried in a field for EX-CHARS; none where no example has such a character. */
export const exampleValues = (field: string): readonly string[] => withExamples[field] ?? [];

/** Where the note gives a form, the form limits the ends: an app's name ends before a bar, a latitude begins with a digit. */
const withEnds: Readonly<Record<string, readonly string[]>> = {
  appInfo: [' ', ',', '-', '.'].map((end) => `${end}a${end}|${end}b${end}|1|2`),
  location: rotations(exampleCharacters).map((source) => `31.5,-117.5,${source}`),
};

/**
 * The values tried in a field for EX-CHARS-ANY: each character of the note's examples once at the beginning and once at
 * the end, since firmware may trim what it saves or shows; and every other character at least once. Plain values have 7
 * bytes at least, which fits every field.
 */
export function otherValues(field: string, maxBytes: number): readonly string[] {
  const ends = withEnds[field] ?? rotations(exampleCharacters);
  if (field in shortest) {
    const value = valueOfLength(field, shortestLength(field));
    return [...ends, withBytes(field, value, otherCharacters)];
  }
  const inside = maxBytes - exampleCharacters.length;
  // In the middle of the rotations, so that these need few values more: each accepted save wears NVRAM.
  const taken = ends.map((text, place) => {
    const piece = inside < 5 ? '' : otherCharacters.slice(place * inside, (place + 1) * inside);
    return text.slice(0, 3) + piece + text.slice(3);
  });
  if (inside >= 5) return taken;
  const pieces = Math.ceil(otherCharacters.length / maxBytes);
  const more = Array.from({ length: pieces }, (_, index) =>
    otherCharacters.slice(index * maxBytes, (index + 1) * maxBytes),
  );
  return [...taken, ...more];
}
