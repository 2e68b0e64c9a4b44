import { usesOf } from './uses.ts';

const inWords = (command: string): readonly string[] =>
  usesOf(command).map(({ what, clause }) => (clause === undefined ? what : `${what} (${clause})`));

test.each<[command: string, uses: readonly string[]]>([
  ['AT+QDMPCFG=0,2', ['access mode 2 (CFG-MODE-OUTSIDE)']],
  [
    'AT+QDMPCFG=1,192.0.2.7,5683,300',
    [
      'a server address of 9 characters',
      'port 5683 (CFG-PORT-RANGE)',
      'an update period of 300 s (CFG-PERIOD-RANGE)',
    ],
  ],
  [
    'AT+QDMPCFG=1,"192.0.2.256",0,299',
    [
      '192.0.2.256 as server address (CFG-IP-FORM)',
      'a server address in quotes',
      'port 0 (CFG-PORT-RANGE)',
      'an update period of 299 s (CFG-PERIOD-OUTSIDE)',
    ],
  ],
  [
    'AT+QDMPCFG=2,"M100000089","a,b",1,863703030822519',
    [
      'an app key of 10 bytes',
      'a private key of 3 bytes',
      'terminal type 1 (CFG-TML-MEMBERS)',
      'an IMEI of 15 bytes (CFG-IMEI-LENGTH)',
    ],
  ],
  ['AT+QDMPCFG=0', ['0 parameters after type 0 of AT+QDMPCFG (CFG-PARTIAL-SAFE)']],
  ['AT+QDMPCFG=6,1', ['1 parameters after type 6 of AT+QDMPCFG (CFG-ARITY)']],
  ['AT+QDMPCFG=7', ['type 7 of AT+QDMPCFG (CFG-TYPE-OUTSIDE)']],
  ['AT+QDMPCFG=4,3', ['query option 3 (CFG-QUERY-3)']],
  ['AT+QDMPCFG=4,1', []],
  ['AT+QDMPCFG=5,9', ['erase option 9 (CFG-ERASE-OUTSIDE)']],
  ['AT+QDMPCFGEX=1,0,"12345678901234567890"', ['mac of 20 bytes (EX-LEN-OVER-mac)']],
  ['AT+QDMPCFGEX=1,0,"1234567890123456789"', ['mac of 19 bytes (EX-LEN-mac)']],
  ['AT+QDMPCFGEX=3,0,"a;b","NULL"', ['a semicolon in a string (EX-CHARS)', '"NULL" (EX-NULL)']],
  ['AT+QDMPCFGEX=3,0,"a"', ['1 strings for type 3 of AT+QDMPCFGEX (EX-PARTIAL-SAFE)']],
  ['AT+QDMPCFGEX=6,0,"a"', ['type 6 of AT+QDMPCFGEX (EX-TYPE-OUTSIDE)']],
  ['AT+QDMPCFGEX=1,3', ['act 3 of AT+QDMPCFGEX (EX-ACT-OUTSIDE)']],
  ['AT+QDMPCFGEX=2,2', ['the erase of type 2 (EX-ERASE-2)']],
  ['AT+QDMPCFGEX=2,1', []],
  ['AT+QDMPCFG=?', []],
  ['AT+QDMPCFG?', []],
  ['AT+CGSN=1', []],
])('%s tries %j', (command, uses) => {
  expect(inWords(command)).toEqual(uses);
});

test('no use shows a key, or is longer than a line', () => {
  const long = 'x'.repeat(500);
  for (const command of [
    `AT+QDMPCFG=2,"${long}","secret",1,${long}`,
    `AT+QDMPCFG=${long}`,
    `AT+QDMPCFGEX=0,0,"${long}"`,
  ])
    for (const { what } of usesOf(command)) {
      expect(what).not.toContain('secret');
      expect(what.length).toBeLessThan(100);
    }
});
