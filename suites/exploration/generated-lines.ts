import { access, accessWrite, fc, type SavedRecord, savedRecords } from '../../harness/jest/suite.ts';
import { saveCommand } from '../records/records.ts';
import { validValues } from '../records/valid-values.ts';

/** A generated command line, one character a byte, without its CR; it always begins with AT in some case. */
export interface GeneratedLine {
  readonly text: string;
  /**
   * `ask`: a form that only asks; `write`: a valid save or erase; `near-miss`: made of one of these by a slip, and
   * mostly no longer valid, though what the module makes of some is open.
   */
  readonly kind: 'ask' | 'write' | 'near-miss';
}

const saves = (record: SavedRecord): fc.Arbitrary<string> =>
  (validValues.get(record.name) ?? fc.constant([])).map((values) => saveCommand(record, values));

/** Forms that ask. */
const asking: fc.Arbitrary<string> = fc.constantFrom(
  'AT+QDMPCFG?',
  'AT+QDMPCFG=?',
  'AT+QDMPCFGEX=?',
  accessWrite(6),
  ...savedRecords.map(({ query }) => query),
);

/** Valid saves and erases. */
const writing: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.oneof(...savedRecords.map(saves)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(accessWrite(5, 4), ...savedRecords.map(({ erase }) => erase)),
  },
);

/**
 * Bytes a slip puts in. No digit, so that no address becomes a stranger's; no semicolon, which would make commands
 * of what follows; no letter that is a basic command (V.250 §6); no CR, LF, backspace, ESC, XON and XOFF, which
 * are no part of a line (V.250 §5.2).
 */
const slips = [...' ",=?+-.*#k', '\x00', '\x07', '\x7f', '\x80', '\xff'];

/** Values that lie outside every range of the note, or are no values at all. */
const strangeValues = [
  '-1',
  '7',
  '99',
  '299',
  '65536',
  '4294967',
  '4294967296',
  '18446744073709551616',
  '1.5',
  '0x1',
  'text',
  '256.1.1.1',
  '192.0.2',
  '',
  '"',
  '""',
  '"text',
  'text"',
  '"a"b',
  `"${'x'.repeat(256)}"`,
  'x'.repeat(512),
  '9'.repeat(64),
];

/** A line with a slip in it, picked by `at`: a number from 0 to below 1 says where. */
type Slip = (line: string, at: number, what: string) => string;

/** Splits a command into its head, up to the sign, and its parameters as they stand between the commas. */
function parts(line: string): { head: string; parameters: string[] } {
  const sign = line.indexOf('=') + 1;
  return sign === 0
    ? { head: `${line}=`, parameters: [''] }
    : { head: line.slice(0, sign), parameters: line.slice(sign).split(',') };
}

/** A place after the `AT`, which stays. */
const place = (line: string, at: number): number => 2 + Math.floor(at * (line.length - 1));

const slipOf: Record<string, Slip> = {
  inserted: (line, at, what) => line.slice(0, place(line, at)) + what + line.slice(place(line, at)),
  replaced: (line, at, what) => {
    const { head, parameters } = parts(line);
    return head + parameters.with(Math.floor(at * parameters.length), what).join(',');
  },
  added: (line, _at, what) => `${line},${what}`,
  dropped: (line) => line.slice(0, Math.max(line.lastIndexOf(','), line.indexOf('=') + 1, 2)),
  cut: (line, at) => line.slice(0, place(line, at)),
  unquoted: (line) => (line.includes('"') ? line.replaceAll('"', '') : `${line},`),
  'quote lost': (line) => (line.includes('"') ? line.replace(/"(?=[^"]*$)/, '') : `${line}"`),
  'lower case': (line) => line.toLowerCase(),
  'name misspelt': (line, at) =>
    line.replace('QDMPCFG', ['QDMPCF', 'DMPCFG', 'QDMPCFGEXX'][Math.floor(at * 3)] ?? ''),
};

/** Lower case makes no command invalid: most writes with this slip are accepted, which wears the NVRAM. */
const seldom = ['lower case'];
const often = Object.keys(slipOf).filter((name) => !seldom.includes(name));

const nearMiss: fc.Arbitrary<string> = fc
  .record({
    line: fc.oneof({ weight: 3, arbitrary: writing }, { weight: 1, arbitrary: asking }),
    slip: fc.constantFrom(...seldom, ...often, ...often, ...often),
    at: fc.integer({ min: 0, max: 999 }),
    byte: fc.constantFrom(...slips),
    value: fc.constantFrom(...strangeValues),
  })
  .map(({ line, slip, at, byte, value }) => {
    const what = slip === 'inserted' ? byte : value;
    return slipOf[slip]?.(line, at / 1_000, what) ?? line;
  });

/** What they answer is open, but they have an answer, and a refusal changes nothing (app note §2.1: reserved). */
const reserved = fc.constantFrom(
  accessWrite(access.reservedType),
  accessWrite(4, access.reservedOption),
  accessWrite(5, access.reservedOption),
);

const line = (kind: GeneratedLine['kind'], text: fc.Arbitrary<string>): fc.Arbitrary<GeneratedLine> =>
  text.map((each) => ({ text: each, kind }));

/** The commands' grammar and near misses; few of them are valid writes, which wear the NVRAM. */
export const generatedLine: fc.Arbitrary<GeneratedLine> = fc.oneof(
  { weight: 20, arbitrary: line('near-miss', nearMiss) },
  { weight: 2, arbitrary: line('near-miss', reserved) },
  { weight: 4, arbitrary: line('ask', asking) },
  { weight: 1, arbitrary: line('write', writing) },
);
