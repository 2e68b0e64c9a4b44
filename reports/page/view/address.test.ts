import { type Address, readAddress, writeAddress } from './address.ts';

const plain: Address = {
  section: '',
  search: '',
  verdict: '',
  status: '',
  clause: '',
  fault: '',
  time: undefined,
};

test.each<[string, Address]>([
  ['#', plain],
  [
    '#clauses?q=IMEI+of+15&verdict=fail',
    { ...plain, section: 'clauses', search: 'IMEI of 15', verdict: 'fail' },
  ],
  ['#clauses?status=S&clause=CFG-TEST', { ...plain, section: 'clauses', status: 'S', clause: 'CFG-TEST' }],
  [
    '#matrix?clause=CFG-TEST&fault=no-test-form',
    { ...plain, section: 'matrix', clause: 'CFG-TEST', fault: 'no-test-form' },
  ],
  ['#time?from=1.500000&to=2.000000', { ...plain, section: 'time', time: [1.5, 2] }],
])('the address %s is read, and written as it was', (hash, address) => {
  expect(readAddress(hash)).toEqual(address);
  expect(writeAddress(address)).toBe(hash);
});

test('a search with marks of an address survives', () => {
  const address = { ...plain, section: 'clauses', search: '`=1,<ip>` & #2?' };
  expect(readAddress(writeAddress(address))).toEqual(address);
});

test('a part of the time that is none shows all of it', () => {
  for (const hash of ['#time?from=2&to=1', '#time?from=a&to=b', '#time?from=1'])
    expect(readAddress(hash).time).toBeUndefined();
});
