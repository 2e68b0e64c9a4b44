import { parseCommandLine } from './command-line.ts';

const parse = (line: string): string[] =>
  parseCommandLine(line).map(({ name, form, parameters }) => `${name}|${form}|${parameters}`);

describe('a command line', () => {
  test.each([
    ['AT', ['|execute|']],
    ['at', ['|execute|']],
    ['aTi', ['I|execute|']],
    ['ATE0', ['E|execute|0']],
    ['AT&W', ['&W|execute|']],
    ['ATS3?', ['S3|read|']],
    ['ATS3=13', ['S3|write|13']],
    ['AT+CSQ', ['+CSQ|execute|']],
    ['at+qdmpcfg?', ['+QDMPCFG|read|']],
    ['AT+QDMPCFG=?', ['+QDMPCFG|test|']],
    ['AT+QDMPCFG=4,1', ['+QDMPCFG|write|4,1']],
    ['AT+QDMPCFG=?x', ['+QDMPCFG|write|?x']],
    ['AT+QDMPCFG= 4, 1 ', ['+QDMPCFG|write| 4, 1 ']],
    ['AT+ QLWREG', ['+QLWREG|execute|']],
    ['AT*MATREADY?', ['*MATREADY|read|']],
  ])('%j is parsed by V.250', (line, calls) => {
    expect(parse(line)).toEqual(calls);
  });

  test('joins commands by semicolons, and basic ones without', () => {
    expect(parse('ATE0V1+CMEE=1;+CSQ;I')).toEqual([
      'E|execute|0',
      'V|execute|1',
      '+CMEE|write|1',
      '+CSQ|execute|',
      'I|execute|',
    ]);
    expect(parse('AT;+CSQ;')).toEqual(['+CSQ|execute|']);
  });

  test('keeps a semicolon inside a string', () => {
    expect(parse('AT+QDMPCFGEX=0,0,"a;b|c";+CSQ')).toEqual(['+QDMPCFGEX|write|0,0,"a;b|c"', '+CSQ|execute|']);
    expect(parse('AT+QDMPCFGEX=0,0,"a;b')).toEqual(['+QDMPCFGEX|write|0,0,"a;b']);
  });

  test('is found behind the junk of a waking line', () => {
    expect(parse('\x00\xff AT+CSQ')).toEqual(['+CSQ|execute|']);
    expect(parse('\x00AT')).toEqual(['|execute|']);
  });

  test.each(['', '\x00\xff', '\t'])('%j asks nothing', (line) => {
    expect(parseCommandLine(line)).toEqual([]);
  });

  test.each(['hello', 'Rebate+QDMPCFG=5,4', 'R\xffAT+CSQ', 'AAT', 'AT0', 'AT+', 'AT+CSQ?x', 'AT=1', 'AT"'])(
    '%j is an unknown command',
    (line) => {
      expect(parse(line)).toEqual(['?|execute|']);
    },
  );

  test.each(['AT +CSQ', 'AT+ CSQ', 'AT+CSQ ?', 'AT+CSQ =1'])(
    '%j is one only where blanks around a name are ignored',
    (line) => {
      expect(parse(line)[0]).toMatch(/^\+CSQ/);
      expect(parseCommandLine(line, 'refused')).toMatchObject([{ name: '?' }]);
    },
  );

  test('carries bytes above 0x7f unchanged', () => {
    expect(parse('AT+X="\xe4\xf6\x01"')).toEqual(['+X|write|"\xe4\xf6\x01"']);
  });
});
