import { clause, extended, extendedRecords, extendedWrite, quote, utf8 } from '../harness/jest/suite.ts';
import { expectExtendedSaved } from './records/expect-saved.ts';
import { throughReadBack } from './records/record-clauses.ts';
import { observeEach } from './refusals/observe-each.ts';
import { openTries } from './refusals/open-tries.ts';
import {
  type ExtendedPlace,
  extendedPlaces,
  otherStrings,
  placesOf,
  saveExtendedWith,
} from './values/commands.ts';
import { extendedReadBack } from './values/open-inputs.ts';
import {
  exampleValues,
  otherValues,
  shortestLength,
  valueOfLength,
  valueUpTo,
  withBytes,
} from './values/strings.ts';

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

/** The values for EX-CHARS; a field without such a character in the examples gets an ordinary value. */
const exampleValuesOf = ({ name, maxBytes }: ExtendedPlace): readonly string[] => {
  const values = exampleValues(name);
  return values.length > 0 ? values : [valueUpTo(name, Math.min(maxBytes, 12))];
};

for (const { type } of extendedRecords) {
  const shown = placesOf(type).filter(({ name }) => exampleValues(name).length > 0);
  if (shown.length > 0) {
    clause(
      'EX-CHARS',
      `the special characters of the note's examples are data in ${shown.map(({ name }) => name).join(', ')}`,
      async ({ module }) => {
        for (const values of together(type, exampleValuesOf)) await expectExtendedSaved(module, type, values);
      },
      throughReadBack,
    );
  }

  clause(
    'EX-CHARS-ANY',
    `all printable characters but the quote are data in ${namesOf(type)}, at both ends and inside`,
    async ({ module }) => {
      for (const values of together(type, ({ name, maxBytes }) => otherValues(name, maxBytes))) {
        await expectExtendedSaved(module, type, values);
      }
    },
    throughReadBack,
  );

  clause(
    ['EX-BYTES-ACCEPTED', 'ERR-ATOMIC'],
    `whether ${namesOf(type)} may hold non-ASCII bytes`,
    async ({ module, observe }) => {
      const tries = openTries(module);
      // 0xff never occurs in UTF-8.
      for (const [name, bytes] of Object.entries({ utf8: utf8('\u00e9'), 'lone-byte': '\xff' })) {
        const values = placesOf(type).map((place) =>
          withBytes(place.name, valueOfLength(place.name, shortestLength(place.name)), bytes),
        );
        const command = extendedWrite(type, 0, ...values.map(quote));
        observe(`EX-BYTES-ACCEPTED.${type}.${name}`, await tries.try(command, extendedReadBack(type)));
      }
      tries.expectAtomic();
    },
    openProfile(type),
  );

  clause(
    ['EX-EMPTY', 'ERR-ATOMIC'],
    `empty strings for ${namesOf(type)}`,
    async ({ module, observe }) => {
      const command = extendedWrite(type, 0, ...placesOf(type).map(() => '""'));
      const tries = openTries(module);
      observe(`EX-EMPTY.${type}`, await tries.try(command, extendedReadBack(type)));
      tries.expectAtomic();
    },
    openProfile(type),
  );

  clause(
    ['EX-UNQUOTED', 'ERR-ATOMIC'],
    `${namesOf(type)} without quotes`,
    async ({ module, observe }) => {
      const values = placesOf(type).map(({ name }) => valueOfLength(name, shortestLength(name)));
      const command = extendedWrite(type, 0, ...values);
      const tries = openTries(module);
      observe(`EX-UNQUOTED.${type}`, await tries.try(command, extendedReadBack(type)));
      tries.expectAtomic();
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
    ['EX-NULL-READ', 'ERR-ATOMIC'],
    `how ${name} alone set to "NULL" is read`,
    async ({ module, observe }) => {
      const command = saveExtendedWith(place, quote(extended.none));
      const tries = openTries(module);
      observe(`EX-NULL-READ.${type}.${name}`, await tries.try(command, back));
      tries.expectAtomic();
    },
    openProfile(type),
  );

  clause(
    ['EX-EMPTY', 'EX-UNQUOTED', 'ERR-ATOMIC'],
    `${name} alone empty, and alone without quotes`,
    async ({ module, observe }) => {
      const tries = openTries(module);
      observe(`EX-EMPTY.${type}.${name}`, await tries.try(saveExtendedWith(place, '""'), back));
      observe(`EX-UNQUOTED.${type}.${name}`, await tries.try(saveExtendedWith(place, 'abc'), back));
      tries.expectAtomic();
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
    ['EX-APPINFO-FORM', 'ERR-ATOMIC'],
    title,
    async ({ module, observe }) => {
      const tries = openTries(module);
      await observeEach(observe, 'EX-APPINFO-FORM', appInfos, (appInfo: string) =>
        tries.try(extendedWrite(0, 0, quote(appInfo)), extendedReadBack(0)),
      );
      tries.expectAtomic();
    },
    { profile },
  );
}
