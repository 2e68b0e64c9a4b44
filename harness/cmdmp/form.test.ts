import { describeCommand } from './form.ts';

describe('a command’s form', () => {
  test.each([
    ['AT+QDMPCFG=?', 'AT+QDMPCFG=?', 'read', false],
    ['AT+QDMPCFG?', 'AT+QDMPCFG?', 'read', false],
    ['AT+QDMPCFG=0,1', 'AT+QDMPCFG=0,…', 'write', true],
    ['AT+QDMPCFG=1,117.161.2.7,5683,420', 'AT+QDMPCFG=1,…', 'write', true],
    ['AT+QDMPCFG=2,"k","secret",1,863703030822519', 'AT+QDMPCFG=2,…', 'write', true],
    ['AT+QDMPCFG=3', 'AT+QDMPCFG=3', 'other', false],
    ['AT+QDMPCFG=4,1', 'AT+QDMPCFG=4,1', 'read', false],
    ['AT+QDMPCFG=4,77', 'AT+QDMPCFG=4,…', 'read', false],
    ['AT+QDMPCFG=5,4', 'AT+QDMPCFG=5,4', 'write', true],
    ['AT+QDMPCFG=5,-1', 'AT+QDMPCFG=5,…', 'write', true],
    ['AT+QDMPCFG=6', 'AT+QDMPCFG=6', 'read', false],
    ['AT+QDMPCFG=6,1', 'AT+QDMPCFG=6,…', 'read', false],
    ['AT+QDMPCFG=7,1', 'AT+QDMPCFG=…', 'other', false],
    ['at+qdmpcfgex=2,0,"a","b","c","d"', 'AT+QDMPCFGEX=2,0,…', 'write', true],
    ['AT+QDMPCFGEX=2,1', 'AT+QDMPCFGEX=2,1', 'read', false],
    ['AT+QDMPCFGEX=2,2', 'AT+QDMPCFGEX=2,2', 'write', true],
    ['AT+QDMPCFGEX=2,3', 'AT+QDMPCFGEX=…', 'other', false],
    ['AT+QDMPCFGEX=9,0,"x"', 'AT+QDMPCFGEX=…', 'other', false],
    ['AT+QDMPCFGEX?', 'AT+QDMPCFGEX?', 'read', false],
    ['AT', 'AT', 'other', false],
    ['ATE0', 'ATE0', 'other', false],
    ['AT&W', 'AT&W', 'other', true],
    ['AT+CPSMS=0', 'AT+CPSMS=…', 'other', true],
    ['AT+CEDRXS?', 'AT+CEDRXS?', 'other', false],
    ['AT+CGSN=1', 'AT+CGSN=…', 'other', false],
    ['AT+CMEE?', 'AT+CMEE?', 'other', false],
    ['\x00garbage', 'other', 'other', false],
    ['', 'other', 'other', false],
  ])('%j is %s', (command, form, kind, nvramWrite) => {
    expect(describeCommand(command)).toMatchObject({ form, kind, nvramWrite });
  });

  test('stays short and printable for any text', () => {
    expect(describeCommand(`AT+${'X'.repeat(500)}\x07`).form.length).toBeLessThan(50);
  });
});
