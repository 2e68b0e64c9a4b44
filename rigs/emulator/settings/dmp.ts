import { choice, errorForm, integer, reserved, text } from './spec.ts';

/**
 * Choices that the note leaves open for AT+QDMPCFG and AT+QDMPCFGEX. The reasons name the catalogue's clauses of
 * status U, "the note is silent" (harness/clauses), and what other firmware does (CMDMP.md §6).
 */
export const dmpSettings = {
  testForm: choice('pattern', ['ranges'], 'CFG-TEST-TEXT, EX-TEST-TEXT: the note prints the syntax'),
  reservedType: reserved(4, 'CFG-TYPE-3: =3…; in the note the answer is 4, operation not supported'),
  reservedQuery: reserved(4, 'CFG-QUERY-3: =4,3'),
  reservedErase: reserved(4, 'CFG-ERASE-3: =5,3'),
  queryEmpty: choice(
    'defaults',
    ['empty', 'zeros', 'in-use', 'error'],
    'CFG-QUERY-EMPTY: =4,n of an erased record; a sister firmware (EC) answers zeros and empty strings',
  ),
  eraseEmpty: reserved(
    'OK',
    'CFG-ERASE-EMPTY, EX-ERASE-EMPTY: an erase where nothing is saved; for =5,4 where one of the three records is not',
  ),
  stateParameter: choice('refused', ['ignored'], 'CFG-STATE-PARAMETER: =6,x'),
  queryBlank: choice(
    'none',
    ['blank'],
    'a blank before the private key in =4,2, as in the example of the note',
  ),
  keyMaxBytes: integer(32, 1, 512, 'CFG-KEY-LENGTH: app key; RDA allows 32, EC 128, others 16 and 64'),
  passwordMaxBytes: integer(64, 1, 512, 'CFG-KEY-LENGTH: private key; RDA allows 64, EC 128, another 48'),
  emptyKeys: choice(
    'accepted',
    ['refused'],
    'CFG-KEY-LENGTH: an empty app key or private key; clients define what an empty one means',
  ),
  keysUnquoted: choice('refused', ['accepted'], 'CFG-KEY-UNQUOTED: keys without quotes'),
  maskStars: choice(
    'four',
    ['rest'],
    'CFG-MASK-COUNT: four stars after the first four characters, or one for each of the rest; A03 holds the text ****',
  ),
  shortKeys: choice(
    'stars',
    ['bare', 'hidden'],
    'CFG-MASK-COUNT: a key of four characters or fewer is shown with stars, without stars, or as stars alone',
  ),
  defaultAppKey: text(
    'M100000089',
    /^[\x20-\x21\x23-\x7e]{0,32}$/,
    '0 to 32 printable characters',
    'the app key while none is saved (from the strings of A03)',
  ),
  defaultPassword: text(
    '95GoEmulatedModuleHasNoRealKey01',
    /^[\x20-\x21\x23-\x7e]{0,64}$/,
    '0 to 64 printable characters',
    'the private key while none is saved; invented, except for the four characters the note shows',
  ),
  partialAccess: choice(
    'refused',
    ['kept', 'defaults'],
    'CFG-PARTIAL: parameters missing at the end: refused, or the saved values stay, or they become defaults',
  ),
  numberLeadingZeros: choice('accepted', ['refused'], 'CFG-NUMBER-FORM: 0300'),
  numberPlus: choice('refused', ['accepted'], 'CFG-NUMBER-FORM: +300'),
  numberQuoted: choice('refused', ['accepted'], 'CFG-NUMBER-FORM: "300"'),
  blanks: choice('ignored', ['refused'], 'CFG-NUMBER-FORM: blanks beside a comma'),
  ipQuoted: choice(
    'refused',
    ['accepted', 'required'],
    'CFG-IP-OTHER, CFG-IP-UNQUOTED: an address in quotes; required: without quotes it is refused',
  ),
  ipLeadingZeros: choice('accepted', ['refused'], 'CFG-IP-OTHER: 117.161.002.041, saved as sent'),
  ipOther: choice('refused', ['accepted'], 'CFG-IP-OTHER: IPv6 addresses and host names'),
  portZero: choice('refused', ['accepted'], 'CFG-PORT-0'),
  imeiForm: choice(
    'digits',
    ['any'],
    'CFG-IMEI-FORM: digits alone, or any bytes; the note counts bytes, and A03 checks the length (BC26.md §9)',
  ),
  imeiQuoted: choice(
    'refused',
    ['accepted', 'required'],
    'CFG-IMEI-FORM, CFG-IMEI-UNQUOTED: an IMEI in quotes; required: without quotes it is refused',
  ),
  nonAscii: choice('accepted', ['refused'], 'EX-BYTES-ACCEPTED: bytes 0x80 to 0xff, keys included'),
  controlBytes: choice(
    'accepted',
    ['refused'],
    'bytes below 0x20 and the byte 0x7f in strings, keys included; not documented',
  ),
  exReadEmpty: choice(
    'NULL',
    ['empty', 'error'],
    'EX-READ-EMPTY: a record that was never saved, or erased; a public clone answers NULL',
  ),
  exNullRead: choice('NULL', ['empty'], 'EX-NULL-READ: a field set to "NULL"'),
  exEmpty: choice('accepted', ['refused', 'null'], 'EX-EMPTY: the empty string'),
  exUnquoted: choice('refused', ['accepted'], 'EX-UNQUOTED: a string without quotes'),
  exPartial: choice(
    'refused',
    ['kept', 'null'],
    'EX-PARTIAL: strings missing at the end: refused, or the saved values stay, or they become NULL',
  ),
  exReadParameters: choice('refused', ['ignored'], 'EX-READ-PARAMETERS: strings after act 1 or 2'),
  exAppInfoForm: choice('any', ['checked'], 'EX-APPINFO-FORM: whether the form of appInfo is checked'),
  exMacForm: choice('any', ['checked'], 'EX-LEN-mac: whether <mac> has to be six pairs of hex digits'),
  exVolteForm: choice('any', ['checked'], 'EX-LEN-volte: whether <volte> has to be on or off'),
  exPhoneForm: choice('any', ['checked'], 'EX-CHARS-ANY: whether <phoneNum> has to be digits'),
  errorValue: errorForm(50, 'ERR-CODE-CAUSE: a value outside its range'),
  errorMember: errorForm(50, 'ERR-CODE-CAUSE: a type, act or option that does not exist'),
  errorCount: errorForm(50, 'ERR-CODE-CAUSE: too few or too many parameters'),
  errorSyntax: errorForm(50, 'ERR-CODE-CAUSE: quotes that do not close'),
  errorForm: errorForm(4, 'ERR-CODE-CAUSE: a form that the command does not have, such as AT+QDMPCFGEX?'),
  errorEmpty: errorForm(50, 'ERR-CODE-CAUSE: reading a record that is not saved, where that is an error'),
} as const;
