const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Text of so many bytes in which every place looks different from its neighbours, so that a cut or a shift shows. */
export const plainText = (bytes: number): string =>
  alphabet.repeat(Math.ceil(bytes / alphabet.length)).slice(0, bytes);

/** Digits of so many places. */
const digits = (places: number): string => '1234567890'.repeat(Math.ceil(places / 10)).slice(0, places);

/** One log of an appInfo: app name, package name, use time, times opened (app note §2.2). */
const log = 'Reader|FW1|990650|9123';

/** Logs separated by semicolons; the first app's name takes up what is left. */
function appInfo(bytes: number): string {
  const logs = Math.max(1, Math.floor((bytes + 1) / (log.length + 1)));
  const text = Array.from({ length: logs }, () => log).join(';');
  return plainText(bytes - text.length) + text;
}

/** `latitude,longitude,source`, as in the example; the decimals take up what is left. */
function location(bytes: number): string {
  const rest = bytes - '31.,117.,OTDOA'.length;
  return `31.${digits(Math.floor(rest / 2))},117.${digits(Math.ceil(rest / 2))},OTDOA`;
}

/** The shortest values tried, bytes: one, or where the note gives a form, the least that follows it. */
const shortest: Readonly<Record<string, number>> = {
  appInfo: log.length,
  location: '31.1,117.1,OTDOA'.length,
};

export const shortestLength = (field: string): number => shortest[field] ?? 1;

/**
 * A value of an extended field of so many bytes, no fewer than `shortestOf`. An appInfo or a location is
 * well-formed.
 */
export function valueOfLength(field: string, bytes: number): string {
  if (field === 'appInfo') return appInfo(bytes);
  if (field === 'location') return location(bytes);
  return plainText(bytes);
}

/** The value with these bytes (latin1) more where its form takes any: in the first app's name, else at the end. */
export const withBytes = (field: string, value: string, bytes: string): string =>
  field === 'appInfo' ? bytes + value : value + bytes;

/** What stands inside strings in the note's examples (clause EX-CHARS). */
export const exampleCharacters = ',;| -.';

/** The other printable ASCII characters (0x20 to 0x7e) that are neither letter, digit nor quote (EX-CHARS-ANY). */
export const otherCharacters = Array.from({ length: 0x7f - 0x20 }, (_, index) =>
  String.fromCharCode(0x20 + index),
)
  .filter((character) => !/[A-Za-z0-9"]/.test(character) && !exampleCharacters.includes(character))
  .join('');

/** A text as often as it has characters: each of them stands at its beginning once, and at its end once. */
const rotations = (text: string): readonly string[] =>
  [...text].map((_, place) => text.slice(place) + text.slice(0, place));

/**
 * Values with the characters of the note's examples at every kind of place, each of them at each end: firmware may trim
 * what it saves or shows. Where the note gives a form, an end has what the form allows there: an app's name ends before
 * a bar and a log before a semicolon, and a latitude begins with a digit. 7 bytes fit all.
 */
const withExamples: Readonly<Record<string, readonly string[]>> = {
  appInfo: [
    'a,b c|d-e.f|1|2;g|h|3|4',
    ...[' ', ',', '-', '.'].map((end) => `${end}a${end}|${end}b${end}|1|2`),
  ],
  location: rotations(exampleCharacters).map((source) => `31.5,-117.5,${source}`),
};
const plainExamples = rotations(exampleCharacters);

/** The values that a field is tried with for EX-CHARS. */
export const exampleValues = (field: string): readonly string[] => withExamples[field] ?? plainExamples;

/** The values that a field is tried with for EX-CHARS-ANY: as many as it takes to hold every character once. */
export function otherValues(field: string, maxBytes: number): readonly string[] {
  const value = field in shortest ? valueOfLength(field, shortestLength(field)) : '';
  const room = maxBytes - value.length;
  const pieces = Math.ceil(otherCharacters.length / room);
  return Array.from({ length: pieces }, (_, index) =>
    withBytes(field, value, otherCharacters.slice(index * room, (index + 1) * room)),
  );
}
