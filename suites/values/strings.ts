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

/** The shortest values tried where the note gives a form, in bytes. */
const shortest: Readonly<Record<string, number>> = {
  appInfo: log.length,
  location: '31.1,117.1,OTDOA'.length,
};

/** The shortest length tried for an extended field, in bytes. */
export const shortestLength = (field: string): number => shortest[field] ?? 1;

/**
 * A value for an extended field of this many bytes, at least `shortestLength`. An appInfo or a location is
 * well-formed.
 */
export function valueOfLength(field: string, bytes: number): string {
  if (field === 'appInfo') return appInfo(bytes);
  if (field === 'location') return location(bytes);
  return plainText(bytes);
}

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
 * Values with each character of the note's examples inside, at the beginning and at the end: firmware may trim what
 * it saves or shows. Where the note gives a form, the form limits the ends: an app's name ends before a bar, a log
 * before a semicolon, and a latitude begins with a digit. Plain values have 7 bytes, which fits every field.
 */
const withExamples: Readonly<Record<string, readonly string[]>> = {
  appInfo: [
    'a,b c|d-e.f|1|2;g|h|3|4',
    ...[' ', ',', '-', '.'].map((end) => `${end}a${end}|${end}b${end}|1|2`),
  ],
  location: rotations(exampleCharacters).map((source) => `31.5,-117.5,${source}`),
};
const plainExamples = rotations(exampleCharacters);

/** The values tried in a field for EX-CHARS. */
export const exampleValues = (field: string): readonly string[] => withExamples[field] ?? plainExamples;

/** The values tried in a field for EX-CHARS-ANY: as many as are needed to hold every character once. */
export function otherValues(field: string, maxBytes: number): readonly string[] {
  const value = field in shortest ? valueOfLength(field, shortestLength(field)) : '';
  const room = maxBytes - value.length;
  const pieces = Math.ceil(otherCharacters.length / room);
  return Array.from({ length: pieces }, (_, index) =>
    withBytes(field, value, otherCharacters.slice(index * room, (index + 1) * room)),
  );
}
