import { servedNetworks, whyIdle } from './served.ts';

test.each(servedNetworks)('a SIM of %s in its own network is served', (network) => {
  expect(whyIdle({ imsi: `${network}1234567890`, network })).toBeUndefined();
});

test.each<[string, Parameters<typeof whyIdle>[0], string]>([
  ["another Chinese operator's SIM", { imsi: '460011234567890' }, 'the SIM is of network 46001'],
  ['a foreign SIM that roams', { imsi: '262011234567890', network: '46000' }, 'the SIM is of network 26201'],
  ['a SIM abroad', { imsi: '460001234567890', network: '26201' }, 'the module is in network 26201'],
  [
    'a foreign SIM abroad',
    { imsi: '262011234567890', network: '310410' },
    'the SIM is of network 26201, and the module is in network 310410',
  ],
])('%s is not, and no more of its number is told', (_whose, numbers, told) => {
  expect(whyIdle(numbers)).toBe(`${told}: CMDMP clients are idle outside China Mobile's networks`);
});

test('what is not known speaks for nothing', () => {
  expect(whyIdle({})).toBeUndefined();
});
