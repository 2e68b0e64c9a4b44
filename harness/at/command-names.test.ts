import { commandNames, lineName } from './command-names.ts';

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
