import { type Clause, inferred, open, section, shown, stated } from './clause.ts';
import { access, maxResponseMs } from './limits.ts';

/** Why a value outside the stated ones must be refused and changes nothing. */
export const OUTSIDE =
  'the note says what is allowed and that "any error" is answered with an error; that anything else is such an error is our reading';

/** Why a reserved number may have any answer, but no effect. */
const RESERVED =
  'a reserved number has no stated effect, so it may have none; every command has a final result';

/** Why a command on one record leaves the others alone. */
export const ISOLATED = 'each type names one record; nothing says that one touches another';

/** AT+QDMPCFG: the forms of the command, and its records. */
export const accessClauses: readonly Clause[] = [
  ...section('2.1 AT+QDMPCFG, test command', [
    stated(
      'CFG-TEST',
      '`AT+QDMPCFG=?` answers one line or more that begin `+QDMPCFG: ` and describe the parameters, then `OK`.',
    ),
    open('CFG-TEST-TEXT', 'The exact text of the test command’s answer, and the number of its lines.'),
  ]),
  ...section('2.1 AT+QDMPCFG, read command', [
    stated('CFG-READ', '`AT+QDMPCFG?` answers three lines, for types 0, 1 and 2 in that order, then `OK`.'),
    stated(
      'CFG-READ-0',
      'The first line of the read command is `+QDMPCFG: 0,<dmmode>`; blanks after commas do not count.',
    ),
    stated(
      'CFG-READ-1',
      'The second line of the read command is `+QDMPCFG: 1,<serverIP>,<serverPort>,<updatePeriod>`.',
    ),
    stated(
      'CFG-READ-2',
      'The third line of the read command is `+QDMPCFG: 2,<appKey>,<password>,<tmlType>,<tmlIMEI>`.',
    ),
    shown('CFG-READ-UNQUOTED', 'Values are read back without quotes.'),
    stated(
      'CFG-READ-ACTIVE',
      'The read command reports the values in use, which can differ from the saved ones.',
    ),
  ]),
  ...section('2.1 AT+QDMPCFG, <type>', [
    stated('CFG-TYPE-MEMBERS', 'Types 0, 1, 2, 4, 5 and 6 exist and do what the note says of them.', {
      unit: 'value',
      members: access.types,
    }),
    inferred('CFG-TYPE-OUTSIDE', 'A type of 7 and above, a negative one or text is refused.', OUTSIDE),
    open('CFG-TYPE-3', 'What the reserved type 3 answers.'),
    inferred(
      'CFG-TYPE-3-SAFE',
      'Whatever type 3 answers is a final result in time, and nothing changes.',
      RESERVED,
    ),
  ]),
  ...section('2.1 AT+QDMPCFG, write command, <type> 0 to 2', [
    stated('CFG-SAVE-0', '`=0,<dmmode>` saves the access mode and answers `OK`.'),
    stated(
      'CFG-SAVE-1',
      '`=1,<serverIP>,<serverPort>,<updatePeriod>` saves address, port and period and answers `OK`, in the form that the module takes.',
    ),
    shown('CFG-IP-UNQUOTED', 'The address is taken without quotes, as every example writes it.'),
    stated(
      'CFG-SAVE-2',
      '`=2,"<appKey>","<password>",<tmlType>,<tmlIMEI>` saves the credentials and answers `OK`; app key and private key stand in double quotes.',
    ),
    shown('CFG-IMEI-UNQUOTED', 'The terminal IMEI is taken without quotes, as every example writes it.'),
    stated('CFG-OK-ALONE', 'A successful write of type 0, 1, 2 or 5 answers `OK` and no information line.'),
    inferred('CFG-SAVE-ISOLATED', 'Saving one record leaves the two others as they were.', ISOLATED),
  ]),
  ...section('2.1 AT+QDMPCFG, <queryOpt>', [
    stated('CFG-QUERY-0', '`=4,0` reports the saved access mode as `+QDMPCFG: 0,<dmmode>`, then `OK`.'),
    stated(
      'CFG-QUERY-1',
      '`=4,1` reports the saved server as `+QDMPCFG: 1,<serverIP>,<serverPort>,<updatePeriod>`, then `OK`.',
    ),
    stated(
      'CFG-QUERY-2',
      '`=4,2` reports the saved credentials as `+QDMPCFG: 2,<appKey>,<password>,<tmlType>,<tmlIMEI>`, then `OK`.',
    ),
    inferred(
      'CFG-QUERY-OUTSIDE',
      'A query option of 4 and above, a negative one or text is refused.',
      OUTSIDE,
    ),
    open('CFG-QUERY-3', 'What the reserved query option 3 answers.'),
    inferred(
      'CFG-QUERY-3-SAFE',
      'Whatever `=4,3` answers is a final result in time, and nothing changes.',
      RESERVED,
    ),
    open(
      'CFG-QUERY-EMPTY',
      'What a query answers for a record erased or never saved: defaults, empty fields or an error.',
    ),
  ]),
  ...section('2.1 AT+QDMPCFG, <eraseOpt>', [
    stated(
      'CFG-ERASE-0',
      '`=5,0` answers `OK`, and the mode saved before, whichever of both, is no longer reported as saved; judged on a record that was saved and is not in use.',
    ),
    stated(
      'CFG-ERASE-1',
      '`=5,1` answers `OK`, and the server, port and period saved before are no longer reported as saved; judged on a record that was saved and is not in use.',
    ),
    stated(
      'CFG-ERASE-2',
      '`=5,2` answers `OK`, and the credentials saved before are no longer reported as saved; judged on a record that was saved and is not in use.',
    ),
    stated(
      'CFG-ERASE-4',
      '`=5,4`, with all three records saved, answers `OK`, and none of them is reported as saved any more.',
    ),
    open('CFG-ERASE-EMPTY', 'What `=5,n` answers where nothing is saved, or for `=5,4` not everything.'),
    inferred(
      'CFG-ERASE-ISOLATED',
      '`=5,0`, `=5,1` and `=5,2` leave the other two records as they were.',
      ISOLATED,
    ),
    inferred(
      'CFG-ERASE-OUTSIDE',
      'An erase option of 5 and above, a negative one or text is refused.',
      OUTSIDE,
    ),
    open('CFG-ERASE-3', 'What the reserved erase option 3 answers.'),
    inferred(
      'CFG-ERASE-3-SAFE',
      'Whatever `=5,3` answers is a final result in time, and nothing changes.',
      RESERVED,
    ),
    inferred(
      'CFG-ERASE-APPLY',
      'An erase changes the values in use after a reboot, not before; then mode, address, port, period and terminal type are the defaults.',
      'what is saved takes effect after a reboot, and a default is what holds when nothing is saved',
    ),
    inferred(
      'CROSS-ISOLATED',
      'No save or erase of one command touches the records of the other; `=5,4` spares the extended records.',
      '`=5,4` erases "all above", which names the three records of its own command',
    ),
  ]),
  ...section('2.1 AT+QDMPCFG, <dmstate>', [
    stated('CFG-STATE', '`=6` answers `+QDMPCFG: 6,<dmstate>`, then `OK`.'),
    stated('CFG-STATE-SET', '`<dmstate>` is one of 0, 4, 5, 6, 7, 8, 9, 11, 12 and 13.', {
      unit: 'value',
      members: [0, 4, 5, 6, 7, 8, 9, 11, 12, 13],
    }),
    open(
      'CFG-STATE-PARAMETER',
      'What `=6,x` answers; the note’s table shows dmstate in the column of parameter 1.',
    ),
  ]),
  ...section('2.1 AT+QDMPCFG, introduction', [
    stated(
      'CFG-APPLY',
      'What was saved takes effect after a reboot: the read command shows it then, and not before.',
    ),
    inferred(
      'CFG-APPLY-WIRE',
      'After the reboot, of whatever kind, the module behaves by what was saved: it contacts the saved server, or nobody when disabled.',
      'a configuration that takes effect shows in what the module does, not only in what it reports',
    ),
    inferred(
      'CFG-APPLY-NOT-BEFORE',
      'Until the reboot the module behaves as before: a save or an erase changes nothing on the wire, not even at the next registration.',
      'the note lets a configuration take effect after a reboot',
    ),
    stated(
      'CFG-PERSIST',
      'Saved values survive a reboot: each access mode, an address of 15 characters and the longest keys, too.',
    ),
    inferred(
      'CFG-PERSIST-KINDS',
      'Saved values survive each kind of reboot: soft reset, reset pin, orderly power cycle, and a supply cut that comes no sooner than the rig’s settling time after `OK`.',
      'NVRAM keeps its content without supply, and the note makes no difference between kinds of reboot',
    ),
    open(
      'CUT-EARLY',
      'Which value is found when the supply is cut sooner than the rig’s settling time after `OK`.',
    ),
    inferred(
      'CUT-ATOMIC',
      'Whenever the supply is cut, each record is found old or new, never mixed; no other record has changed; the module boots.',
      'a record is saved by one command, which either was done or was not',
    ),
    inferred(
      'CUT-MOMENT',
      'A save has one moment: a supply cut before it, from before the last byte of the command on, leaves the old record, a cut after it the new one, whole and with all others unchanged. It comes before the rig’s settling time after `OK` is over.',
      'what holds of a supply cut holds whenever it comes, not only at the moments that a run happens to try',
    ),
    stated(
      'CFG-TIME',
      'Every answer of AT+QDMPCFG is complete within 300 ms, also while a registration or an update is unanswered.',
      {
        unit: 'ms',
        max: maxResponseMs,
      },
    ),
  ]),
];
