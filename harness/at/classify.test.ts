import { classify, type LineContext, pendingCommand } from './classify.ts';

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

test('each command of a line has its information', () => {
  const pending = context('AT+CMEE?;+CREG?');
  expect(classify('+CMEE: 1', pending).is).toBe('information');
  expect(classify('+CREG: 0,1', pending).is).toBe('information');
});

test('while the module boots, the loader may chat; a command that asks for a text still gets it', () => {
  expect(classify('BL_V01', context(undefined, { booting: true })).is).toBe('unsolicited');
  expect(classify('BL_V01', context('at', { booting: true })).is).toBe('unsolicited');
  expect(classify('Quectel_BC26', context('ATI', { booting: true })).is).toBe('information');
});
