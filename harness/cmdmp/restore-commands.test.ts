import { savedRecords } from './records.ts';
import { commandByHand, restoreCommands } from './restore-commands.ts';

const rule = { emulated: false, mayLoseCredentials: false };

test.each([
  ['QDMPCFG 0', '0,0', 'AT+QDMPCFG=0,0'],
  ['QDMPCFG 1', '1,203.0.113.5,5683,3600', 'AT+QDMPCFG=1,203.0.113.5,5683,3600'],
  ['QDMPCFG 2', '2,M1,95Go****,0,8637', 'AT+QDMPCFG=2,"M1","<private key>",0,8637'],
  ['QDMPCFG 2', '2,"M1","95Go****",0,8637', 'AT+QDMPCFG=2,"M1","<private key>",0,8637'],
  ['QDMPCFG 2', '2,NULL,NULL,NULL,NULL', 'AT+QDMPCFG=5,2'],
  ['QDMPCFGEX 3', '3,SW 1.2,Meter', 'AT+QDMPCFGEX=3,0,"SW 1.2","Meter"'],
  ['QDMPCFGEX 5', '5,31.84,117.20,OTDOA', 'AT+QDMPCFGEX=5,0,"31.84,117.20,OTDOA"'],
  ['QDMPCFGEX 5', '5,NULL', 'AT+QDMPCFGEX=5,2'],
  ['QDMPCFGEX 5', undefined, 'AT+QDMPCFGEX=5,2'],
])('%s, read as %p, is put back by hand with %s', (name, text, command) => {
  const record = savedRecords.find((each) => each.name === name)!;
  expect(commandByHand(record, { text, final: 'OK' }, rule)).toBe(command);
});

test('credentials that were never saved are put back by erasing, by hand as well', () => {
  const factory = { ...rule, credentials: 'factory' } as const;
  const record = savedRecords.find(({ name }) => name === 'QDMPCFG 2')!;
  const before = { text: '2,M100000089,95Go****,0,863703030822519', final: 'OK' };
  expect(restoreCommands(record, before, factory)).toEqual(['AT+QDMPCFG=5,2']);
  expect(commandByHand(record, before, factory)).toBe('AT+QDMPCFG=5,2');
});
