import { choice, integer, span, text } from './spec.ts';

/** Identity, timing, supply and serial line of the emulated module. */
export const moduleSettings = {
  imei: text(
    '863703030822519',
    /^\d{15}$/,
    '15 digits',
    "AT+CGSN=1, and the terminal IMEI while none is saved; the note's example",
  ),
  serialNumber: text('MPA18K4000001', /^[\x21-\x7e]{1,64}$/, '1 to 64 printable characters', 'AT+CGSN'),
  revision: text(
    'BC26NBR01A07',
    /^[A-Za-z0-9_.:-]{1,40}$/,
    '1 to 40 characters',
    'ATI, AT+CGMR; the first firmware that the note names',
  ),
  sim: choice('present', ['absent'], 'without a SIM there is no +CPIN: READY, no IMSI, no network'),
  imsi: text('460001234567890', /^\d{15}$/, '15 digits', 'AT+CIMI; 46000 is China Mobile'),
  iccid: text('89860012345678901234', /^\d{19,20}$/, '19 or 20 digits', 'AT+QCCID'),
  latencyMs: span(
    [5, 25],
    60_000,
    'from the last byte of a command to the first byte of its answer; random, by the seed',
  ),
  bootMs: integer(1500, 10, 120_000, 'from power key or reset until AT is answered; not documented'),
  nvramItemMs: integer(
    8,
    0,
    10_000,
    'time until one NVRAM item is durable; no document gives a save time (BC26.md §7)',
  ),
  powerOffMs: integer(1020, 0, 60_000, 'from the OK of AT+QPOWD=0 to VDD_EXT low (hardware design §3.6)'),
  lineLimit: integer(
    1400,
    64,
    65_536,
    'longest command line, bytes; the firmware has a buffer of 1400 (BC26.md §2)',
  ),
  nulByte: choice('kept', ['dropped'], 'the byte 0x00 in a command line: a UART driver may lose it'),
  delByte: choice(
    'kept',
    ['dropped', 'backspace'],
    'the byte 0x7f in a command line; terminals send it for backspace',
  ),
  eighthBit: choice(
    'kept',
    ['stripped'],
    'bytes of 0x80 and above in a command line; stripped by 7-bit UARTs',
  ),
  nameBlanks: choice(
    'ignored',
    ['refused'],
    'blanks between AT and the name, and around it: V.250 §5.2.1 ignores them, other parsers do not',
  ),
  emptyLines: choice(
    'none',
    ['before-final', 'around'],
    'AT-FRAME-BLANK: one more empty line before the final result, or before and after the answer',
  ),
  unsolicitedMs: integer(
    0,
    0,
    600_000,
    'mean time between unsolicited lines, ms; 0: none. Networks send lines that no manual lists',
  ),
  unsolicitedName: text(
    '+QZNEW',
    /^\+[A-Z][A-Z0-9]{1,15}$/,
    'a name with its +',
    'the name of these lines; by default one that no document has',
  ),
  pendingInput: choice(
    'queued',
    ['dropped'],
    'what happens to input while an answer is pending; not documented',
  ),
  noiseHz: integer(
    0,
    0,
    100,
    'stray bytes per second on the line to the host; applies from the next power-on',
  ),
  pulseMs: integer(
    20,
    0,
    10_000,
    'how long the control lines `on`, `power-key` and `reset` take; the module accepts the pulse at any length',
  ),
  powerKeyWhenOn: choice(
    'nothing',
    ['off', 'reset'],
    'effect of a key pulse on a running module; the documents disagree (BC26.md §1, PWRKEY)',
  ),
  deafAfter: text(
    'AT+QDMPCFGEX=5,1',
    /^AT[\x20-\x7e]{0,400}$/,
    'a command line',
    'fault `deaf`: the command after which nothing is answered',
  ),
  deafUntil: choice(
    'reset',
    ['power', 'never'],
    'fault `deaf`: a reset or a power cycle ends it, or nothing',
  ),
  deafAnswers: choice('no', ['yes'], 'fault `deaf`: whether that command itself is still answered'),
  deafTimes: integer(0, 0, 1000, 'fault `deaf`: how often it goes deaf; 0 is always'),
  qrstAnswer: choice('none', ['OK'], 'AT+QRST=1: no answer in the manual, OK on sister modules (BC26.md §4)'),
} as const;
