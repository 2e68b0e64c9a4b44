import { OUTSIDE } from './access.ts';
import { type Clause, inferred, open, section, shown, stated } from './clause.ts';
import { access } from './limits.ts';

const UNDERLINED =
  'the note underlines this value and does not explain underlining; in Quectel’s notes it marks defaults';

/** AT+QDMPCFG: the values of its parameters. */
export const accessValueClauses: readonly Clause[] = [
  ...section('2.1 AT+QDMPCFG, <dmmode>', [
    stated('CFG-MODE-MEMBERS', '`<dmmode>` 0 (access disabled) and 1 (enabled) are accepted.', {
      unit: 'value',
      min: access.dmmode.min,
      max: access.dmmode.max,
    }),
    inferred('CFG-MODE-OUTSIDE', 'Any other `<dmmode>` is refused.', OUTSIDE),
    inferred('CFG-MODE-DEFAULT', 'The default `<dmmode>` is 1.', UNDERLINED, {
      unit: 'value',
      default: access.dmmode.default,
    }),
  ]),
  ...section('2.1 AT+QDMPCFG, <serverIP>', [
    stated('CFG-IP-DEFAULT', 'The default server is 117.161.2.41, seen after an erase and a reboot.', {
      unit: 'value',
      default: access.serverIP.default,
    }),
    inferred(
      'CFG-IP-FORM',
      'Four decimal octets are accepted; 256.1.1.1, 1.2.3, text and nothing are refused.',
      'the parameter is called an IP address, and every example is an IPv4 address in dotted form',
    ),
    open(
      'CFG-IP-OTHER',
      'Whether IPv6, host names, a quoted address or octets with leading zeros are accepted.',
    ),
  ]),
  ...section('2.1 AT+QDMPCFG, <serverPort>', [
    stated('CFG-PORT-DEFAULT', 'The default port is 5683.', {
      unit: 'value',
      default: access.serverPort.default,
    }),
    inferred(
      'CFG-PORT-RANGE',
      'Ports 1 to 65535 are accepted, both ends included; 65536, 2^32 and negative ones are refused.',
      'no range is stated; a UDP port has sixteen bits',
      { unit: 'value', min: access.serverPort.min, max: access.serverPort.max },
    ),
    open('CFG-PORT-0', 'Whether port 0 is accepted.'),
  ]),
  ...section('2.1 AT+QDMPCFG, <updatePeriod>', [
    stated('CFG-PERIOD-RANGE', 'Update periods from 300 to 4294966 s are accepted, both ends included.', {
      unit: 's',
      min: access.updatePeriod.min,
      max: access.updatePeriod.max,
    }),
    inferred(
      'CFG-PERIOD-OUTSIDE',
      'Update periods of 299, 4294967, 0, 2^32+300, negative ones, decimals and text are refused.',
      OUTSIDE,
    ),
    stated('CFG-PERIOD-DEFAULT', 'The default update period is 86400 s.', {
      unit: 's',
      default: access.updatePeriod.default,
    }),
  ]),
  ...section('2.1 AT+QDMPCFG, <appKey> and <password>', [
    open('CFG-KEY-UNQUOTED', 'What an app key or private key without quotes answers.'),
    open(
      'CFG-KEY-LENGTH',
      'The longest app key and private key accepted; what an empty one does, and one with a comma.',
    ),
    stated(
      'CFG-MASK',
      'The private key is shown by its first four characters only, at every length, of a key saved and of one in use; anything more is a leak.',
      { unit: 'characters', max: access.passwordShown },
    ),
    shown(
      'CFG-MASK-FORM',
      'A private key of eight characters is shown as its first four and four asterisks.',
    ),
    open(
      'CFG-MASK-COUNT',
      'How many asterisks stand for other lengths; how a key of four characters or fewer is shown.',
    ),
  ]),
  ...section('2.1 AT+QDMPCFG, <tmlType>', [
    stated('CFG-TML-MEMBERS', '`<tmlType>` 0 (interface), 1 (Linux) and 2 (Android) are accepted.', {
      unit: 'value',
      min: access.tmlType.min,
      max: access.tmlType.max,
    }),
    inferred('CFG-TML-OUTSIDE', 'Any other `<tmlType>` is refused.', OUTSIDE),
    inferred('CFG-TML-DEFAULT', 'The default `<tmlType>` is 0.', UNDERLINED, {
      unit: 'value',
      default: access.tmlType.default,
    }),
  ]),
  ...section('2.1 AT+QDMPCFG, <tmlIMEI>', [
    stated('CFG-IMEI-LENGTH', 'An IMEI of 15, 16 or 17 bytes is accepted.', {
      unit: 'bytes',
      min: access.tmlIMEI.min,
      max: access.tmlIMEI.max,
    }),
    inferred('CFG-IMEI-OUTSIDE', 'An IMEI of 14 or 18 bytes is refused.', OUTSIDE),
    open('CFG-IMEI-FORM', 'What an IMEI that is not digits, or stands in quotes, answers.'),
  ]),
  ...section('2.1 AT+QDMPCFG, write command', [
    inferred('CFG-ARITY', 'Surplus parameters are refused, for types 0, 1, 2, 4 and 5.', OUTSIDE),
    open('CFG-PARTIAL', 'What leaving trailing parameters out does; the note’s pattern makes them optional.'),
    inferred(
      'CFG-PARTIAL-SAFE',
      'If a command with parameters left out is answered with an error, nothing has changed.',
      'a command that failed was not done',
    ),
    open('CFG-NUMBER-FORM', 'Whether leading zeros, a plus sign, blanks or a number in quotes are accepted.'),
  ]),
];
