import { savedRecords } from '../../harness/jest/suite.ts';
import { recordsNamedIn } from './named-records.ts';

const named = (line: string): string | undefined => {
  const found = recordsNamedIn(line);
  return found && `${found.act} ${found.records.map(({ name }) => name).join()}`;
};

const access = 'QDMPCFG 0,QDMPCFG 1,QDMPCFG 2';
const extended = [0, 1, 2, 3, 4, 5].map((type) => `QDMPCFGEX ${type}`).join();

test.each([
  ['AT+QDMPCFG=1,192.0.2.7,5683,420', 'save QDMPCFG 1'],
  ['at+qdmpcfg=" 01",192.0.2.7', 'save QDMPCFG 1'],
  ['AT+QDMPCFG=+2,"M1"\r', 'save QDMPCFG 2'],
  ['AT+QDMPCFG=3,1', 'save '],
  ['AT+QDMPCFG=7,1', 'save '],
  ['AT+QDMPCFG=-1,1', 'save '],
  ['AT+QDMPCFG=1.5,1', 'save '],
  ['AT+QDMPCFG=5,0', 'erase QDMPCFG 0'],
  ['AT+QDMPCFG=5,4', `erase ${access}`],
  ['AT+QDMPCFG=5', `erase ${access}`],
  ['AT+QDMPCFG=5,3', 'erase '],
  ['AT+QDMPCFG=', `save ${access}`],
  ['AT+QDMPCFG=,,', `save ${access}`],
  ['AT+QDMPCFGEX=4,0,"a","b","c","d"', 'save QDMPCFGEX 4'],
  ['AT+QDMPCFGEX=4,2', 'erase QDMPCFGEX 4'],
  ['AT+QDMPCFGEX=4', 'save QDMPCFGEX 4'],
  ['AT+QDMPCFGEX=   ', `save ${extended}`],
  // Near misses that some module takes for a command: nightly seed 583378472, and a UART that loses NUL.
  ['AT+ QDMPCFGEX=4,2', 'erase QDMPCFGEX 4'],
  ['AT+QDMPCFG=5,2\x00', 'erase QDMPCFG 2'],
  ['AT+QDMP CFG=5,2', 'erase QDMPCFG 2'],
  ['at+qdmpcfg EX=4,2', 'erase QDMPCFGEX 4'],
  ['AT+QDMPCFG=5,1\x002', 'erase QDMPCFG 1'],
  ['AT+QDMPCFG=5,2\x7f1', 'erase QDMPCFG 1'],
  ['AT+QDMPCFG\xff=5,2', 'erase QDMPCFG 2'],
  ['AT+QDMPCFG=\xb2,2', 'save QDMPCFG 2'],
  ['AT+QDMPCFG=5\x07,2', 'erase QDMPCFG 2'],
  ['AT+QDMPCFG=5,2\r\r', 'erase QDMPCFG 2'],
  ['AT+QDMPCFG?', undefined],
  ['AT+QDMPCF=1,2', undefined],
])('%j names %j', (line, expected) => {
  expect(named(line)).toBe(expected);
});

test.each(savedRecords.filter(({ name }) => name !== 'QDMPCFG 0'))(
  'the erase of $name names it',
  (record) => {
    expect(named(record.erase)).toBe(`erase ${record.name}`);
  },
);
