import {
  accompanyingLines,
  classify,
  commandNames,
  finalResult,
  type LineContext,
  lineName,
  pendingCommand,
} from './classify.ts';
import { desk, pass } from './test-desk.fixture.ts';

const context = (command: string | undefined, more: Partial<LineContext> = {}): LineContext => ({
  pending: command === undefined ? undefined : pendingCommand(command),
  asked: (name) => name === '+QDMPCFG' || name === '+CPIN',
  booting: false,
  ...more,
});

describe('while AT+QDMPCFG=4,0 is pending', () => {
  test.each([
    ['OK', 'final'],
    ['ERROR', 'final'],
    ['+CME ERROR: 50', 'final'],
    ['+CMS ERROR: 305', 'final'],
    ['+QDMPCFG: 0,1', 'information'],
    ['+QDMPCFG:0,1', 'information'],
    ['+qdmpcfg : 0,1', 'information'],
    ['+QDMPCFG=0', 'information'],
    ['a text without a name', 'information'],
    [' OK', 'information'],
    ['ok', 'information'],
    ['+QDMPCFGEX: 0,x', 'unsolicited'],
    ['+CEREG: 2', 'unsolicited'],
    ['+CPIN: READY', 'unsolicited'],
    ['*MATREADY: 1', 'unsolicited'],
    ['+QATWAKEUP', 'unsolicited'],
    ['CLOSE OK', 'unsolicited'],
    ['RDY', 'boot'],
    ['Leaving the BROM', 'boot'],
  ])('%s is %s', (line, is) => {
    expect(classify(line, context('AT+QDMPCFG=4,0')).is).toBe(is);
  });
});

describe('while nothing is pending', () => {
  test.each([
    ['OK', 'final'],
    ['+QDMPCFG: 0,1', 'stray'],
    ['Quectel_BC26', 'stray'],
    ['+CPIN: READY', 'unsolicited'],
    ['+NEVERASKED: 1', 'unsolicited'],
  ])('%s is %s', (line, is) => {
    expect(classify(line, context(undefined)).is).toBe(is);
  });
});

test("another command's information line is a stray, if that command was ever sent", () => {
  expect(classify('+QDMPCFG: 0,1', context('AT')).is).toBe('stray');
});

test('a module that drops DEL answers by the name that is left', () => {
  expect(classify('+QDMPCFG: 6,8', context('AT+QD\x7fMPCFG=6')).is).toBe('information');
});

test('each command of a line has its information', () => {
  const pending = context('AT+CMEE?;+CREG?');
  expect(classify('+CMEE: 1', pending).is).toBe('information');
  expect(classify('+CREG: 0,1', pending).is).toBe('information');
});

test('while the module boots, loader text is unsolicited; a command that asks for a text still gets it', () => {
  expect(classify('BL_V01', context(undefined, { booting: true })).is).toBe('unsolicited');
  expect(classify('BL_V01', context('at', { booting: true })).is).toBe('unsolicited');
  expect(classify('Quectel_BC26', context('ATI', { booting: true })).is).toBe('information');
});

describe('a final result', () => {
  test.each([
    ['OK', { kind: 'OK', text: 'OK' }],
    ['ERROR', { kind: 'ERROR', text: 'ERROR' }],
    ['+CME ERROR: 50', { kind: 'CME', text: '+CME ERROR: 50', code: 50 }],
    ['+CME ERROR:50', { kind: 'CME', text: '+CME ERROR:50', code: 50 }],
    ['+CME ERROR: 3517', { kind: 'CME', text: '+CME ERROR: 3517', code: 3517 }],
    ['+CMS ERROR: 305', { kind: 'CMS', text: '+CMS ERROR: 305', code: 305 }],
    [
      '+CME ERROR: operation not allowed',
      { kind: 'CME', text: '+CME ERROR: operation not allowed', code: undefined },
    ],
    ['+CME ERROR: -1', { kind: 'CME', text: '+CME ERROR: -1', code: undefined }],
    ['+CME ERROR: 9999999999999999', { kind: 'CME', text: '+CME ERROR: 9999999999999999', code: undefined }],
    ['+CME ERROR', { kind: 'CME', text: '+CME ERROR', code: undefined }],
  ])('%s ends a command', (line, final) => {
    expect(finalResult(line)).toEqual(final);
  });

  test.each(['ok', 'OK ', 'CLOSE OK', 'SEND OK', 'ERROR: 3', '+CIS ERROR: 1', '+CMEERROR: 1', ''])(
    '"%s" does not',
    (line) => {
      expect(finalResult(line)).toBeUndefined();
    },
  );
});

describe('names', () => {
  test.each([
    ['AT', []],
    ['ATI', []],
    ['AT&W', []],
    ['AT+QDMPCFG?', ['+QDMPCFG']],
    ['at+qdmpcfgex=0,1', ['+QDMPCFGEX']],
    ['AT+CMEE=1;+CREG=2', ['+CMEE', '+CREG']],
    ['AT+QDMPCFGEX=0,0,"a;+NOT|b;AT+THIS"', ['+QDMPCFGEX']],
    ['AT+QDMPCFGEX=0,0,"+OPEN', ['+QDMPCFGEX']],
    ['AT+QDMPCFG=1,117.161.2.7,+5683', ['+QDMPCFG']],
    // What a module may read that drops DEL or NUL, takes back with it, strips the eighth bit, or drops blanks
    ['AT+QD\x7fMPCFG=6', ['+QD', '+QDMPCFG', '+QMPCFG']],
    ['AT+QD\0MPCFG=6', ['+QD', '+QDMPCFG']],
    ['AT+QDX\bMPCFG=6', ['+QDX', '+QDXMPCFG', '+QDMPCFG']],
    ['AT+Q\xc4MPCFG=6', ['+Q', '+QDMPCFG']],
    ['AT+QDMP CFG=6', ['+QDMP', '+QDMPCFG']],
  ])('%s names %j', (command, names) => {
    expect(commandNames(command)).toEqual(names);
  });

  test.each([
    ['+QDMPCFG: 0,1', '+QDMPCFG'],
    ['+CFUN : 1', '+CFUN'],
    ['+QSOC=0', '+QSOC'],
    ['*MATREADY: 1', '*MATREADY'],
    ['+QATWAKEUP', '+QATWAKEUP'],
    ['+CME ERROR: 50', undefined],
    ['Quectel_BC26', undefined],
    ['+5683: x', undefined],
  ])('the line %s begins with the name %s', (line, name) => {
    expect(lineName(line)).toBe(name);
  });
});

describe('the lines that came with a final result', () => {
  const answered = async (command: string, text: string): Promise<readonly string[]> => {
    const d = desk();
    d.port.answer(text);
    const answer = d.at.send(command);
    await pass(d, 1);
    return accompanyingLines(await answer);
  };

  test('nothing comes with an error that stands alone', async () => {
    expect(await answered('AT+QDMPCFG=7', '\r\n+CME ERROR: 50\r\n')).toEqual([]);
  });

  test('an information line comes with it, and so does a line of an unknown name', async () => {
    const lines = ['+QDMPCFG: 7', 'invalid', '+QDMPERR: 50'];
    const text = lines.map((line) => `\r\n${line}\r\n`).join('');
    // The information lines first, whichever came first.
    expect(await answered('AT+QDMPCFG=7', `${text}\r\nERROR\r\n`)).toEqual(lines);
  });

  test.each(['+CEREG: 2', '+cpin: READY', '*MATREADY: 1', '+QATWAKEUP', 'CLOSE OK'])(
    '%s is unsolicited, and does not belong to the command',
    async (line) => {
      expect(await answered('AT+QDMPCFG=7', `\r\n${line}\r\n\r\nERROR\r\n`)).toEqual([]);
    },
  );

  test('the text of a boot does not belong to it either', () => {
    const line = { data: 'Leaving the BROM', startedAt: 0n, endedAt: 0n };
    expect(accompanyingLines({ information: [], unsolicited: [line] })).toEqual([]);
  });
});
