import { ISOLATED, OUTSIDE } from './access.ts';
import { type Clause, type Draft, inferred, open, section, shown, stated } from './clause.ts';
import {
  extended,
  type ExtendedField,
  type ExtendedRecord,
  extendedRecords,
  maxResponseMs,
} from './limits.ts';

const fieldNames = ({ fields }: ExtendedRecord, wrap: (name: string) => string): string =>
  fields.map(({ name }) => wrap(`<${name}>`)).join(',');

const perRecord = (draft: (record: ExtendedRecord) => Draft): Draft[] => extendedRecords.map(draft);

const perField = (draft: (field: ExtendedField, record: ExtendedRecord) => Draft): Draft[] =>
  extendedRecords.flatMap((record) => record.fields.map((field) => draft(field, record)));

/** Fields whose values have a form in the note: the longest value must have it, too. */
const wellFormed: Record<string, string> = {
  appInfo: ' (a well-formed list of applications)',
  location: ' (a well-formed position)',
};

const longestAllowed = 'the note gives this length, so it is allowed';

/** Fields of which no value of ordinary form is as long as the note allows: a module that checks the form refuses it. */
const withoutLongest: Record<string, string> = {
  mac: `${longestAllowed}; but no MAC address has 19 bytes`,
  volte: `${longestAllowed}; but no ordinary VoLTE state has 7 bytes`,
};

/** AT+QDMPCFGEX. */
export const extendedClauses: readonly Clause[] = [
  ...section('2.2 AT+QDMPCFGEX, test command', [
    stated('EX-TEST', '`AT+QDMPCFGEX=?` answers one line or more that begin `+QDMPCFGEX: `, then `OK`.'),
    open('EX-TEST-TEXT', 'The exact text of the test command’s answer, and the number of its lines.'),
    inferred(
      'EX-NO-READ',
      '`AT+QDMPCFGEX?` is refused.',
      'the note lists a test and a write command, and no read command',
    ),
  ]),
  ...section('2.2 AT+QDMPCFGEX, <act> 0', [
    ...perRecord((record) =>
      stated(
        `EX-SAVE-${record.type}`,
        `\`=${record.type},0,${fieldNames(record, (name) => `"${name}"`)}\` saves the record and answers \`OK\`.`,
      ),
    ),
    stated('EX-OK-ALONE', 'A successful write of act 0 or 2 answers `OK` and no information line.'),
    inferred('EX-SAVE-ISOLATED', 'Saving one record leaves the five others as they were.', ISOLATED),
  ]),
  ...section('2.2 AT+QDMPCFGEX, <act> 1', [
    ...perRecord((record) =>
      stated(
        `EX-READ-${record.type}`,
        `\`=${record.type},1\` answers \`+QDMPCFGEX: ${record.type},${fieldNames(record, (name) => name)}\`, then \`OK\`, byte for byte what was saved.`,
      ),
    ),
    shown('EX-READ-UNQUOTED', 'Values are read back without quotes.'),
    shown('EX-READ-SAVED', 'Reading shows what was just saved, without a reboot.'),
    open('EX-READ-EMPTY', 'What reading an erased or never saved record answers.'),
    open('EX-READ-PARAMETERS', 'What parameters after act 1 or 2 do.'),
  ]),
  ...section('2.2 AT+QDMPCFGEX, <act> 2', [
    ...perRecord(({ type }) =>
      stated(`EX-ERASE-${type}`, `\`=${type},2\` answers \`OK\`, and what had been saved is no longer read.`),
    ),
    open('EX-ERASE-EMPTY', 'What act 2 answers where nothing is saved.'),
    inferred('EX-ERASE-ISOLATED', 'Erasing one record leaves the five others as they were.', ISOLATED),
  ]),
  ...section('2.2 AT+QDMPCFGEX, introduction', [
    stated('EX-APPLY', 'What is configured takes effect after a reboot.'),
    inferred(
      'EX-APPLY-WIRE',
      'After the reboot the platform reads the saved values as resources 6602 to 6614 of object 666, each by itself.',
      'the fields match that object one to one, and public clients of CMDMP v2.0 serve it',
    ),
    inferred(
      'EX-ERASE-APPLY',
      'After a reboot the platform no longer reads what was erased.',
      'all configured parameters take effect after a reboot, an erase included',
    ),
    stated('EX-PERSIST', 'Saved records survive a reboot, at their longest, too.'),
    inferred(
      'EX-PERSIST-KINDS',
      'Saved records survive each kind of reboot: soft reset, reset pin, orderly power cycle, and a supply cut that comes no sooner than the rig’s settling time after `OK`.',
      'the note makes no difference between kinds of reboot, and saves to the module',
    ),
    stated('EX-TIME', 'Every answer of AT+QDMPCFGEX is complete within 300 ms.', {
      unit: 'ms',
      max: maxResponseMs,
    }),
  ]),
  ...section('2.2 AT+QDMPCFGEX, <type> and <act>', [
    stated('EX-TYPE-MEMBERS', 'Types 0 to 5 exist.', { unit: 'value', members: extended.types }),
    inferred('EX-TYPE-OUTSIDE', 'A type of 6 and above, a negative one or text is refused.', OUTSIDE),
    stated('EX-ACT-MEMBERS', 'Act 0 saves, 1 reads and 2 erases.', { unit: 'value', members: [0, 1, 2] }),
    inferred('EX-ACT-OUTSIDE', 'An act of 3 and above, a negative one or text is refused.', OUTSIDE),
    stated('EX-ARITY', 'Type 0 takes one string, 1 one, 2 four, 3 two, 4 four and 5 one.', {
      unit: 'strings',
      members: extendedRecords.map(({ fields }) => fields.length),
    }),
    inferred('EX-ARITY-SURPLUS', 'More strings than the type takes are refused.', OUTSIDE),
    open('EX-PARTIAL', 'What fewer strings than the type takes do.'),
    inferred(
      'EX-PARTIAL-SAFE',
      'If fewer strings than the type takes are answered with an error, nothing has changed.',
      'a command that failed was not done',
    ),
  ]),
  ...section('2.2 AT+QDMPCFGEX, lengths of the strings', [
    ...perField(({ name, maxBytes }, { type }) => {
      const id = `EX-LEN-${name}`;
      const text = `A <${name}> (type ${type}) of ${maxBytes} bytes${wellFormed[name] ?? ''} is accepted and read back whole.`;
      const limits = { unit: 'bytes', max: maxBytes } as const;
      const formless = withoutLongest[name];
      return formless === undefined ? stated(id, text, limits) : inferred(id, text, formless, limits);
    }),
    ...perField(({ name, maxBytes }, { type }) =>
      inferred(
        `EX-LEN-OVER-${name}`,
        `A <${name}> (type ${type}) of ${maxBytes + 1} bytes${wellFormed[name] ?? ''} is refused, never cut short silently.`,
        `${OUTSIDE}; counted without the quotes, which the note leaves open and public clones do`,
        { unit: 'bytes', max: maxBytes },
      ),
    ),
    inferred(
      'EX-BYTES',
      'A multi-byte character counts as its bytes.',
      'the note gives every length in bytes',
    ),
    open('EX-BYTES-ACCEPTED', 'Whether non-ASCII bytes are accepted at all.'),
  ]),
  ...section('2.2 AT+QDMPCFGEX, the strings', [
    stated('EX-NULL', '`"NULL"`, for no information, is accepted in every field.'),
    inferred(
      'EX-NULL-CLEARS',
      'A field set to `"NULL"` over an older value no longer reads as that value.',
      'the note writes "NULL" where there is no information',
    ),
    open('EX-NULL-READ', 'How a field set to `"NULL"` is read back.'),
    open('EX-EMPTY', 'What the empty string `""` does.'),
    open('EX-UNQUOTED', 'What a string without quotes does.'),
    shown(
      'EX-CHARS',
      'Commas, semicolons, bars, blanks, hyphens and dots inside quotes are data, each in the fields in which the note’s examples have it; a semicolon there never splits the command line.',
    ),
    inferred(
      'EX-CHARS-ANY',
      'Every other printable ASCII character but the quote is data inside quotes, too, in every field.',
      'the parameters are strings in double quotes, and no character is excluded',
    ),
    open('EX-APPINFO-FORM', 'What an appInfo that does not follow the stated form does.'),
  ]),
];
