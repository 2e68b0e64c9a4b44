import { type Clause, inferred, open, section, stated } from './clause.ts';

/** What holds for both commands: errors, and the AT line. */
export const errorClauses: readonly Clause[] = [
  ...section('2.1 and 2.2, responses', [
    stated('ERR-FORM', 'An error is answered with `ERROR` or `+CME ERROR: <err>`.'),
    inferred(
      'ERR-ALONE',
      'No other line comes with an error; a line of an unknown name counts if it comes with the same input twice.',
      'the note shows the error in place of the whole answer',
    ),
    inferred(
      'ERR-CMEE',
      'With `AT+CMEE=0` an error is `ERROR`; with 1 a numeric code, or plain `ERROR`; with 2 a text.',
      '27.007 §9.1; the BC26 AT manual answers `ERROR` for syntax and parameter errors whatever AT+CMEE says',
    ),
    inferred(
      'ERR-ATOMIC',
      'A refused command leaves every saved and active value as it was, whatever clause its input belongs to.',
      'a command that failed was not done',
    ),
    inferred(
      'ERR-ALIVE',
      'After any input, once a lone CR has ended it and the line is idle, the next `AT` answers `OK`.',
      'a line that can be brought to silence by its own input is no AT interface (V.250)',
    ),
    inferred(
      'AT-FRAME',
      'Every information block and every final result is framed by CR LF before and after.',
      'BC26 AT commands manual §1.2',
    ),
    open('AT-FRAME-BLANK', 'Whether an answer has more empty lines than that.'),
    inferred(
      'AT-ONE-FINAL',
      'A command has one final result, after its information lines, and nothing follows it.',
      '27.007 §4.1 and V.250: the final result ends the command',
    ),
    inferred(
      'BOOT-ALIVE',
      'After every reboot, whatever was saved or erased, the module boots once and answers `AT` within the boot deadline; boot text that begins again before it is ready is a second boot.',
      'no configuration is said to stop the module',
    ),
    inferred(
      'INPUT-ALIVE',
      'No input silences the module until it is reset or power-cycled, or for good.',
      'what nothing but the supply or a reset can end is a crash of the firmware, whatever the input was',
    ),
  ]),
  ...section('3 Error Values', [
    inferred(
      'ERR-CODES',
      'A numeric error code is one that a standard behind the note defines: its own tables, 27.007 V13.5.0 §9.2 (up to 180), 27.005 §3.2.5 (300 to 512), or the BC26 AT manual (513 to 799).',
      'the note calls its codes 3GPP compliant and refers to 27.007 for all possible values',
    ),
    open('ERR-CODES-PRINTED', 'Whether the error code is one of the note’s two printed tables.'),
    open('ERR-CODE-CAUSE', 'Which error code goes with which cause.'),
  ]),
];
