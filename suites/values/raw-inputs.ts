import type { RawInput } from '../../harness/jest/suite.ts';

/** Bytes that no driver should send, with a name. None of them is a valid save or erase. */
export interface NamedInput extends RawInput {
  readonly name: string;
}

/** A command line with its CR; it has one answer. */
const line = (name: string, text: string): NamedInput => ({ name, bytes: `${text}\r` });

/** A line that a module may ignore, because it does not begin with `AT` or `at` (AT manual §1.2). */
const optionalLine = (name: string, text: string): NamedInput => ({ ...line(name, text), answers: [0, 1] });

export const malformed: readonly NamedInput[] = [
  line('no parameters', 'AT+QDMPCFG='),
  line('commas alone', 'AT+QDMPCFG=,,,,'),
  line('text for a type', 'AT+QDMPCFG=server,192.0.2.9,5683,420'),
  line('an unknown form', 'AT+QDMPCFG=?1'),
  line('two question marks', 'AT+QDMPCFG??'),
  line('two signs', 'AT+QDMPCFG==4,1'),
  line('a name cut short', 'AT+QDMPCF'),
  line('brackets', 'AT+QDMPCFG=(0,1)'),
  line('an apostrophe for a quote', "AT+QDMPCFGEX=1,0,'00-01'"),
  line('a value outside its range', 'AT+QDMPCFG=1,192.0.2.9,5683,299'),
];

/** Longer than any valid command: up to 1,040 bytes with the CR. */
export const overLong: readonly NamedInput[] = [
  line('a name of 200 letters', `AT+${'Q'.repeat(200)}`),
  line('256 commas', `AT+QDMPCFG=1${','.repeat(256)}`),
  line('a period of 300 digits', `AT+QDMPCFG=1,192.0.2.9,5683,${'9'.repeat(300)}`),
  line('an address of 400 characters', `AT+QDMPCFG=1,${'1.'.repeat(200)},5683,420`),
  line('a private key of 512 characters', `AT+QDMPCFG=2,"K1","${'k'.repeat(512)}",1,863703030822519,1`),
  line('an appInfo of 256 bytes', `AT+QDMPCFGEX=0,0,"${'x'.repeat(256)}"`),
  line('1,040 bytes', `AT+QDMPCFGEX=5,0,"${'y'.repeat(1_040 - 'AT+QDMPCFGEX=5,0,""\r'.length)}"`),
  line('1,040 bytes that are no command', `AT${'#'.repeat(1_037)}`),
];

export const unclosedQuotes: readonly NamedInput[] = [
  line('an app key left open', 'AT+QDMPCFG=2,"M200000017'),
  line('a private key left open', 'AT+QDMPCFG=2,"M200000017","Zb8-Another,2,8637030308225274'),
  line('an extended string left open', 'AT+QDMPCFGEX=1,0,"02-AA-BB-CC-DD-EE'),
  line('the last of four strings left open', 'AT+QDMPCFGEX=2,0,"1024KB","512KB","ARM","LiteOS'),
  line('a quote alone', 'AT+QDMPCFGEX=1,0,"'),
  line('three quotes', 'AT+QDMPCFGEX=1,0,"02-AA""'),
  line('a semicolon in a string left open', 'AT+QDMPCFGEX=0,0,"Clock|FW9|1|2;'),
];

/** Left out below, because it ends the line. */
const CARRIAGE_RETURN = 0x0d;
const CHUNK = 32;

/**
 * Every byte except CR, inside a string that is too long to be saved. In descending order, so that XON (0x11) comes
 * after XOFF (0x13): otherwise a module with software flow control would stay silent.
 */
export const everyByte: readonly NamedInput[] = Array.from(
  { length: 256 / CHUNK },
  (_, index): NamedInput => {
    const top = 255 - index * CHUNK;
    const bytes = Array.from({ length: CHUNK }, (_, below) => top - below).filter(
      (byte) => byte !== CARRIAGE_RETURN,
    );
    const text = Buffer.from(bytes).toString('latin1');
    const name = `bytes 0x${(top - CHUNK + 1).toString(16)} to 0x${top.toString(16)}`;
    const sent = line(name, `AT+QDMPCFGEX=1,0,"${text}${'x'.repeat(20)}"`);
    // The control bytes include LF, which may end a line, and ESC, which may cancel it without an answer.
    return top < CHUNK ? { ...sent, answers: [0, 2] } : sent;
  },
);

export const caseAndBlanks: readonly NamedInput[] = [
  line('lower case', 'at+qdmpcfg?'),
  optionalLine('mixed case', 'At+qDmPcFg=4,1'),
  line('blanks around a parameter', 'AT+QDMPCFG= 4 , 1 '),
  line('a blank after AT', 'AT +QDMPCFG?'),
  optionalLine('blanks before AT', '   AT+QDMPCFG?'),
  line('tabs', 'AT+QDMPCFG=4,\t1'),
  line('blanks alone after the sign', 'AT+QDMPCFGEX=   '),
];

/** Unfinished lines, as left by a driver that died; each has one answer once a CR ends it. */
export const leftOpen: readonly NamedInput[] = [
  { name: 'half a name', bytes: 'AT+QDM' },
  { name: 'half a server', bytes: 'AT+QDMPCFG=1,192.0.2.' },
  { name: 'a string left open', bytes: 'AT+QDMPCFGEX=3,0,"SW 1.' },
];
