import { clause, extended, extendedRecords, extendedWrite, quote, utf8 } from '../harness/jest/suite.ts';
import { expectExtendedSaved } from './records/expect-saved.ts';
import { throughReadBack } from './records/record-clauses.ts';
import { observeEach } from './refusals/observe-each.ts';
import {
  type ExtendedPlace,
  extendedPlaces,
  otherStrings,
  placesOf,
  saveExtendedWith,
} from './values/commands.ts';
import { extendedReadBack, tryInput } from './values/open-inputs.ts';
import { exampleValues, otherValues, shortestLength, valueOfLength, withBytes } from './values/strings.ts';

/**
 * Records in which every field goes through its values. Shorter lists start again, so there are only as many records as
 * the longest list has values.
 */
function together(
  type: number,
  valuesOf: (place: ExtendedPlace) => readonly string[],
): readonly (readonly string[])[] {
  const lists = placesOf(type).map(valuesOf);
  const count = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: count }, (_, turn) => lists.map((list) => list[turn % list.length] ?? ''));
}

const namesOf = (type: number): string =>
  placesOf(type)
    .map(({ name }) => name)
    .join(', ');

/**
 * Where the note is silent, a nightly run tries one record of each kind only, because accepted saves wear NVRAM: the MAC
 * address (a single string) and the software version (one of several strings).
 */
const openProfile = (type: number) =>
  ({ profile: type === 1 || type === 3 ? 'nightly' : 'release' }) as const;

for (const { type } of extendedRecords) {
  clause(
    'EX-CHARS',
    `commas, semicolons, bars, blanks, hyphens and dots are data in ${namesOf(type)}`,
    async ({ module }) => {
      for (const values of together(type, ({ name }) => exampleValues(name))) {
        await expectExtendedSaved(module, type, values);
      }
    },
    throughReadBack,
  );

  clause(
    'EX-CHARS-ANY',
    `all other printable characters but the quote are data in ${namesOf(type)}`,
    async ({ module }) => {
      for (const values of together(type, ({ name, maxBytes }) => otherValues(name, maxBytes))) {
        await expectExtendedSaved(module, type, values);
      }
    },
    throughReadBack,
  );

  clause(
    ['EX-BYTES-ACCEPTED'],
    `whether ${namesOf(type)} may hold non-ASCII bytes`,
    async ({ module, observe }) => {
      // 0xff never occurs in UTF-8.
      for (const [name, bytes] of Object.entries({ utf8: utf8('\u00e9'), 'lone-byte': '\xff' })) {
        const values = placesOf(type).map((place) =>
          withBytes(place.name, valueOfLength(place.name, shortestLength(place.name)), bytes),
        );
        const command = extendedWrite(type, 0, ...values.map(quote));
        observe(`EX-BYTES-ACCEPTED.${type}.${name}`, await tryInput(module, command, extendedReadBack(type)));
      }
    },
    openProfile(type),
  );

  clause(
    'EX-EMPTY',
    `empty strings for ${namesOf(type)}`,
    async ({ module, observe }) => {
      const command = extendedWrite(type, 0, ...placesOf(type).map(() => '""'));
      observe(`EX-EMPTY.${type}`, await tryInput(module, command, extendedReadBack(type)));
    },
    openProfile(type),
  );

  clause(
    'EX-UNQUOTED',
    `${namesOf(type)} without quotes`,
    async ({ module, observe }) => {
      const values = placesOf(type).map(({ name }) => valueOfLength(name, shortestLength(name)));
      const command = extendedWrite(type, 0, ...values);
      observe(`EX-UNQUOTED.${type}`, await tryInput(module, command, extendedReadBack(type)));
    },
    openProfile(type),
  );
}

/** Fields of records with several strings; in the others EX-NULL and EX-EMPTY above cover the single field. */
const neighbours = extendedPlaces.filter(({ type }) => otherStrings(type).length > 1);

for (const place of neighbours) {
  const { name, type } = place;
  const back = extendedReadBack(type);

  clause(
    'EX-NULL-READ',
    `how ${name} alone set to "NULL" is read`,
    async ({ module, observe }) => {
      const command = saveExtendedWith(place, quote(extended.none));
      observe(`EX-NULL-READ.${type}.${name}`, await tryInput(module, command, back));
    },
    openProfile(type),
  );

  clause(
    ['EX-EMPTY', 'EX-UNQUOTED'],
    `${name} alone empty, and alone without quotes`,
    async ({ module, observe }) => {
      observe(`EX-EMPTY.${type}.${name}`, await tryInput(module, saveExtendedWith(place, '""'), back));
      observe(`EX-UNQUOTED.${type}.${name}`, await tryInput(module, saveExtendedWith(place, 'abc'), back));
    },
    { profile: 'release' },
  );
}

/** The note says of appInfo only that semicolons separate logs, and bars the four parts of a log. */
const malformedAppInfos = [
  {
    title: 'appInfos without the form, or with parts missing',
    appInfos: { 'free-text': 'abc', 'three-parts': 'Reader|FW1|990650' },
    profile: 'nightly',
  },
  {
    title: 'appInfos with parts too many, text for a number, or no log at the end',
    appInfos: {
      'five-parts': 'Reader|FW1|990650|9123|1',
      'text-for-time': 'Reader|FW1|abc|9123',
      'semicolon-behind': 'Reader|FW1|990650|9123;',
    },
    profile: 'release',
  },
] as const;

for (const { title, appInfos, profile } of malformedAppInfos) {
  clause(
    'EX-APPINFO-FORM',
    title,
    ({ module, observe }) =>
      observeEach(observe, 'EX-APPINFO-FORM', appInfos, (appInfo: string) =>
        tryInput(module, extendedWrite(0, 0, quote(appInfo)), extendedReadBack(0)),
      ),
    { profile },
  );
}
