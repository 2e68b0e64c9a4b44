import {
  expect,
  type ExtendedType,
  shownBy,
  showsFields,
  type TestModule,
} from '../../harness/jest/suite.ts';
import { type ExtendedPlace, placesOf, stringsWith } from '../values/commands.ts';
import { informationText } from '../values/open-inputs.ts';
import { valueOfLength } from '../values/strings.ts';

/** Throws what a module did wrong with a record: its refusal, or a failed expectation on what was read back. */
type Complaint = (() => void) & { readonly refused?: true };

/** Saves a record and reads it back. @returns what is wrong; undefined if nothing is */
export async function findComplaint(
  module: TestModule,
  type: ExtendedType,
  values: readonly string[],
): Promise<Complaint | undefined> {
  try {
    await module.extended.save(type, values);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'AT_REFUSED') throw error;
    const refusal = (): void => {
      throw error;
    };
    return Object.assign(refusal, { refused: true } as const);
  }
  const read = await module.extended.send.read(type);
  const whole = read.final.kind === 'OK' && showsFields(informationText(read), [String(type), ...values]);
  return whole
    ? undefined
    : () =>
        shownBy([read], () =>
          expect(informationText(read), `QDMPCFGEX ${type} saved`).toEqual([type, ...values].join(',')),
        );
}

const longestOf = ({ name, maxBytes }: ExtendedPlace): string => valueOfLength(name, maxBytes);

/**
 * Saves a record with every field at its longest, which also tests the storage for the whole record. If that fails,
 * each field is tried alone, to name the one that is wrong.
 * @returns what is wrong, by field name; for all fields if only the whole record fails
 */
export async function tryLongest(
  module: TestModule,
  type: ExtendedType,
): Promise<ReadonlyMap<string, Complaint>> {
  const places = placesOf(type);
  const shown = async () => informationText(await module.extended.send.read(type));
  const before = await shown();
  const together = await findComplaint(module, type, places.map(longestOf));
  if (together === undefined) return new Map();
  // A module that shows no save without a reboot would show none of the single fields either; saves wear NVRAM.
  // After a refusal the single fields are tried all the same: one that has a form of its own may be to blame.
  if (!together.refused && before === (await shown()))
    return new Map(places.map(({ name }) => [name, together]));
  const alone = new Map<string, Complaint>();
  for (const place of places) {
    const found = await findComplaint(module, type, stringsWith(place, longestOf(place)));
    if (found !== undefined) alone.set(place.name, found);
  }
  return alone.size > 0 ? alone : new Map(places.map(({ name }) => [name, together]));
}
