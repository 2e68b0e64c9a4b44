import { recordNamed } from './records.ts';
import { sameFields } from './snapshot-readings.ts';

const credentials = recordNamed('QDMPCFG 2');
const saved = '2,M100000089,Qa1x****,1,863703030822519';

test.each([
  ['with a blank after a comma', '2,M100000089, Qa1x****,1,863703030822519'],
  ['masked with fewer asterisks', '2,M100000089,Qa1x*,1,863703030822519'],
  ['with a key that leaks', '2,M100000089,Qa1xTrueKey7,1,863703030822519'],
])('credentials in use are the saved ones %s', (_, inUse) => {
  expect(sameFields(credentials, inUse, saved)).toBe(true);
});

test.each([
  ['another private key', '2,M100000089,Zb8-****,1,863703030822519'],
  ['another app key', '2,M200000017,Qa1x****,1,863703030822519'],
  ['another IMEI', '2,M100000089,Qa1x****,1,86370303082251'],
  ['nothing', ''],
])('they are not with %s', (_, inUse) => {
  expect(sameFields(credentials, inUse, saved)).toBe(false);
});

test('a server shows the same fields only where each is equal', () => {
  const server = recordNamed('QDMPCFG 1');
  expect(sameFields(server, '1,192.0.2.7, 5683,420', '1,192.0.2.7,5683,420')).toBe(true);
  expect(sameFields(server, '1,192.0.2.7,5683,42', '1,192.0.2.7,5683,420')).toBe(false);
});
