import { arrangement, clause, extendedRecords, quote, utf8 } from '../harness/jest/suite.ts';
import { expectExtendedSaved } from './records/expect-saved.ts';
import { findComplaint, tryLongest } from './records/longest-strings.ts';
import { throughReadBack } from './records/record-clauses.ts';
import { expectRefused, groupDeadlineMs } from './refusals/refusals.ts';
import { refusedTogether } from './refusals/refused-together.ts';
import {
  type ExtendedPlace,
  extendedPlaces,
  type Input,
  placesOf,
  saveExtendedWith,
  stringsWith,
} from './values/commands.ts';
import { shortestLength, valueOfLength, valueUpTo, withBytes } from './values/strings.ts';

/** The field that smoke runs judge too. */
const often = 'mac';

const saving = (place: ExtendedPlace, value: string): Input => ({
  name: `${place.name} of ${value.length} bytes`,
  command: saveExtendedWith(place, quote(value)),
});

/** One byte too many finds a limit that is off by one; twice the limit finds values that are cut to fit. */
const tooLong = (place: ExtendedPlace): readonly Input[] =>
  [place.maxBytes + 1, 2 * place.maxBytes].map((bytes) => saving(place, valueOfLength(place.name, bytes)));

/** The fields by the profile that tries their limits: one group each, because comparing the configuration is expensive. */
const refusedBy = {
  smoke: extendedPlaces.filter(({ name }) => name === often),
  nightly: extendedPlaces.filter(({ name }) => name !== often),
} as const;

for (const profile of ['smoke', 'nightly'] as const) {
  refusedTogether(
    profile,
    refusedBy[profile].map((place) => ({
      id: `EX-LEN-OVER-${place.name}`,
      title: `refuses ${place.name} of ${place.maxBytes + 1} bytes and of twice the limit`,
      inputs: tooLong(place),
    })),
  );
}

/** Characters of two, three and four bytes. */
const wide = ['\u00e9', '\u4e2d', '\u{1f600}'].map(utf8);

/** A value with as many characters as the limit allows bytes, one of them of several bytes. */
const crossing = (place: ExtendedPlace, character: string): Input =>
  saving(place, withBytes(place.name, valueOfLength(place.name, place.maxBytes - 1), character));

clause(
  'EX-BYTES',
  'refuses values whose characters keep the limit and whose bytes do not',
  ({ module }) =>
    expectRefused(
      module,
      extendedPlaces.map((place, index) => crossing(place, wide[index % wide.length] ?? '')),
    ),
  { deadlineMs: groupDeadlineMs },
);

clause(
  'EX-BYTES',
  'refuses them whether the character has two, three or four bytes',
  ({ module }) =>
    expectRefused(
      module,
      extendedPlaces.flatMap((place) => wide.map((character) => crossing(place, character))),
    ),
  { profile: 'release', deadlineMs: groupDeadlineMs },
);

for (const { type } of extendedRecords) {
  const tried = arrangement({}, ({ module }) => tryLongest(module, type));

  // All strings of a record at once; only a release tries each alone, because every save wears NVRAM.
  clause(
    [`EX-SAVE-${type}`, `EX-READ-${type}`],
    `accepts the strings of type ${type} one byte below their longest, or as long as their form allows, and at their shortest`,
    async ({ module }) => {
      const places = placesOf(type);
      const below = places.map(({ name, maxBytes }) => valueUpTo(name, maxBytes - 1));
      const least = places.map(({ name }) => valueOfLength(name, shortestLength(name)));
      for (const values of [below, least]) await expectExtendedSaved(module, type, values);
    },
    throughReadBack,
  );

  for (const place of placesOf(type)) {
    const { name, maxBytes } = place;

    tried.clause(
      `EX-LEN-${name}`,
      `accepts ${name} of ${maxBytes} bytes`,
      ({ arranged }) => {
        arranged.get(name)?.();
        return Promise.resolve();
      },
      { profile: name === often ? 'smoke' : 'nightly', ...throughReadBack },
    );

    clause(
      `EX-LEN-${name}`,
      `accepts ${name} of ${maxBytes} bytes alone`,
      ({ module }) => expectExtendedSaved(module, type, stringsWith(place, valueOfLength(name, maxBytes))),
      { profile: 'release', ...throughReadBack },
    );

    clause(
      [`EX-SAVE-${type}`, `EX-READ-${type}`],
      `accepts ${name} alone at its shortest, and one byte below its longest`,
      async ({ module }) => {
        for (const bytes of [shortestLength(name), maxBytes - 1]) {
          await expectExtendedSaved(module, type, stringsWith(place, valueUpTo(name, bytes)));
        }
      },
      { profile: 'release', ...throughReadBack },
    );
  }
}

const [two = ''] = wide;

clause(
  'EX-BYTES',
  'accepts values whose bytes just keep the limit, where non-ASCII is accepted and kept at all',
  async ({ module }) => {
    for (const { type } of extendedRecords) {
      const places = placesOf(type);
      const atBytes = (bytesOf: (place: ExtendedPlace) => number) =>
        places.map((place) => withBytes(place.name, valueOfLength(place.name, bytesOf(place)), two));
      const longest = atBytes(({ maxBytes }) => maxBytes - two.length);
      const found = await findComplaint(module, type, longest);
      if (found === undefined) continue;
      // It is open whether non-ASCII is accepted and kept (EX-BYTES-ACCEPTED): where a short value is refused or changed,
      // by a UART of seven bits for example, the limit cannot be judged.
      const short = atBytes(({ name }) => shortestLength(name));
      if ((await findComplaint(module, type, short)) === undefined) found();
    }
  },
  throughReadBack,
);
