import { access, accessWrite, fc, type SavedRecord, savedRecords } from '../../harness/jest/suite.ts';
import { saveCommand } from '../records/records.ts';
import { validValues } from '../records/valid-values.ts';

/** A generated command line, one character per byte, without its CR; always begins with AT in upper or lower case. */
export interface GeneratedLine {
  readonly text: string;
  /**
   * `ask`: a form that only reads; `write`: a valid save or erase; `near-miss`: one of these with an error in it,
   * mostly invalid, although some may be accepted.
   */
  readonly kind: 'ask' | 'write' | 'near-miss';
}

const saves = (record: SavedRecord): fc.Arbitrary<string> =>
  (validValues.get(record.name) ?? fc.constant([])).map((values) => saveCommand(record, values));

const asking: fc.Arbitrary<string> = fc.constantFrom(
  'AT+QDMPCFG?',
  'AT+QDMPCFG=?',
  'AT+QDMPCFGEX=?',
  accessWrite(6),
  ...savedRecords.map(({ query }) => query),
);

const writing: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.oneof(...savedRecords.map(saves)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(accessWrite(5, 4), ...savedRecords.map(({ erase }) => erase)),
  },
);

/**
 * Bytes that may be inserted. No digit, so that no address becomes a stranger's; no semicolon, which would start
 * another command; no letter that is a basic command (V.250 §6); no CR, LF, backspace, ESC, XON or XOFF, which are not
 * part of a line (V.250 §5.2).
 */
const slips = [...' ",=?+-.*#k', '\x00', '\x07', '\x7f', '\x80', '\xff'];

/** Values outside every range of the note, or without a valid form. */
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

/** Puts an error into a line; `at`, from 0 to below 1, says where. */
type Slip = (line: string, at: number, what: string) => string;

/** Splits a command into its head, up to the `=`, and the texts between the commas. */
function parts(line: string): { head: string; parameters: string[] } {
  const sign = line.indexOf('=') + 1;
  return sign === 0
    ? { head: `${line}=`, parameters: [''] }
    : { head: line.slice(0, sign), parameters: line.slice(sign).split(',') };
}

/** A position after the `AT`, which stays. */
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

/** Lower case leaves a command valid: most such writes are accepted, which wears the NVRAM. */
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

/** Their answer is open, but they must have one, and a refusal must change nothing (app note §2.1: reserved). */
const reserved = fc.constantFrom(
  accessWrite(access.reservedType),
  accessWrite(4, access.reservedOption),
  accessWrite(5, access.reservedOption),
);

const line = (kind: GeneratedLine['kind'], text: fc.Arbitrary<string>): fc.Arbitrary<GeneratedLine> =>
  text.map((each) => ({ text: each, kind }));

/** Command lines of all kinds; few are valid writes, because these wear the NVRAM. */
export const generatedLine: fc.Arbitrary<GeneratedLine> = fc.oneof(
  { weight: 20, arbitrary: line('near-miss', nearMiss) },
  { weight: 2, arbitrary: line('near-miss', reserved) },
  { weight: 4, arbitrary: line('ask', asking) },
  { weight: 1, arbitrary: line('write', writing) },
);
