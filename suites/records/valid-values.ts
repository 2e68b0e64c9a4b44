import { access, extendedRecords, fc } from '../../harness/jest/suite.ts';
import type { Values } from './records.ts';

/**
 * Generators of values that are certainly valid, for each record. Other characters than letters and digits, and the
 * length of keys, are judged elsewhere.
 */
const alphanumeric = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];

const characters = (from: readonly string[], minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...from), { minLength, maxLength }).map((each) => each.join(''));

const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  characters([...'0123456789'], minLength, maxLength);

const whole = (range: { readonly min: number; readonly max: number }): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(range.min, range.max), fc.integer(range)).map(String);

/** 192.0.2.0/24 is reserved for documentation (RFC 5737). */
const address = fc.integer({ min: 1, max: 254 }).map((octet) => `192.0.2.${octet}`);

/** Registered ports (RFC 6335 §6): a firmware has no reason to refuse them. */
const port = fc.integer({ min: 1_024, max: 49_151 }).map(String);

/** Keys as long as those of the note's example. */
const appKey = digits(9, 9).map((rest) => `K${rest}`);
const privateKey = characters(alphanumeric, 8, 8);

const extendedString = (maxBytes: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 3, arbitrary: characters(alphanumeric, 1, Math.min(maxBytes, 12)) },
      { weight: 1, arbitrary: characters(alphanumeric, maxBytes, maxBytes) },
    )
    .filter((text) => text !== 'NULL');

/** One entry of app name, package name, use time in ms, times opened (app note §2.2). */
const appInfo = fc
  .tuple(characters(alphanumeric, 1, 12), characters(alphanumeric, 1, 12), digits(1, 6), digits(1, 5))
  .map((parts) => parts.join('|'));

/** Well-formed, because a module may check it: six pairs of hex digits. */
const mac = fc
  .array(characters([...'0123456789ABCDEF'], 2, 2), { minLength: 6, maxLength: 6 })
  .map((pairs) => pairs.join('-'));

const decimals = digits(4, 9);
const location = fc.tuple(decimals, decimals).map(([north, east]) => `31.${north},117.${east},OTDOA`);

/** Fields whose form a module may check. */
const wellFormed: Readonly<Record<string, fc.Arbitrary<string>>> = {
  appInfo,
  mac,
  volte: fc.constantFrom('on', 'off'),
  phoneNum: digits(3, 15),
  location,
};

const extendedValues = extendedRecords.map(({ type, fields }): [string, fc.Arbitrary<Values>] => {
  const strings = fields.map(({ name, maxBytes }) => wellFormed[name] ?? extendedString(maxBytes));
  return [`QDMPCFGEX ${type}`, fc.tuple(...strings)];
});

/** Generators of valid values, by record name. */
export const validValues: ReadonlyMap<string, fc.Arbitrary<Values>> = new Map<string, fc.Arbitrary<Values>>([
  ['QDMPCFG 0', fc.tuple(whole(access.dmmode))],
  ['QDMPCFG 1', fc.tuple(address, port, whole(access.updatePeriod))],
  [
    'QDMPCFG 2',
    fc.tuple(appKey, privateKey, whole(access.tmlType), digits(access.tmlIMEI.min, access.tmlIMEI.max)),
  ],
  ...extendedValues,
]);
