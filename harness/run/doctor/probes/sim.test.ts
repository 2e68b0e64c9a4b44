import { judgeSim } from './sim.ts';

const imsi = '460001234567890';

test.each([
  ['a SIM at home', { imsi, network: '46000' }, 'ok', 'ok'],
  ['a SIM whose network is not found yet', { imsi, network: undefined }, 'ok', 'ok'],
  ["another operator's SIM", { imsi: '460011234567890', network: undefined }, 'warning', 'note'],
  ['a SIM abroad', { imsi, network: '26201' }, 'warning', 'note'],
  ['no SIM', { imsi: undefined, network: undefined }, 'warning', 'note'],
])('%s', (_what, found, withPlatform, without) => {
  expect(judgeSim(found, true)).toMatchObject({ id: 'sim', severity: withPlatform });
  expect(judgeSim(found, false)).toMatchObject({ id: 'sim', severity: without });
});

test('names the networks, and what is not judged; never the whole number of a SIM', () => {
  const { what } = judgeSim({ imsi: '262011234567890', network: '26201' }, true);
  expect(what).toContain('the SIM is of network 26201, and the module is in network 26201');
  expect(what).toContain('not judged');
  expect(what).not.toContain('262011234567890');
});
