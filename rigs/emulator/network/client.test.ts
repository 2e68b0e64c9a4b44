import { openCommandLayer } from '../board/command-layer.fixture.ts';
import { acceptAll, answerNothing, created, openClientOnAir } from './client-on-air.fixture.ts';
import { FIRST_S, openModuleOnAir, SERVER } from './module-on-air.fixture.ts';

describe('nothing is sent, and the state stays 0,', () => {
  test.each([
    ['without a SIM', { sim: 'absent' }],
    ["with another operator's SIM", { imsi: '460011234567890' }],
    ["in another operator's network", { network: '26201' }],
  ])('%s', (_, settings) => {
    const { air, layer } = openModuleOnAir(acceptAll, settings);
    air.advance(100_000);
    expect([air.sent, air.states, layer.module.dmState]).toEqual([[], [], 0]);
  });

  test('with access disabled', () => {
    const layer = openCommandLayer();
    layer.send('AT+QDMPCFG=0,0');
    layer.send(SERVER);
    layer.reboot();
    const air = openClientOnAir(layer.module, () => layer.clientPlan());
    air.advance(100_000);
    expect([air.sent, air.states, layer.module.dmState]).toEqual([[], [], 0]);
  });

  test('while the radio is off; then the client goes on', () => {
    const { air, layer } = openModuleOnAir();
    layer.send('AT+CFUN=0');
    air.advance(1000);
    expect([air.sent, air.states]).toEqual([[], []]);
    layer.send('AT+CFUN=1');
    air.advance(3);
    expect(air.states.map(([, state]) => state)).toEqual([4, 6]);
  });
});

test('a radio that is off receives nothing', () => {
  const { air, layer } = openModuleOnAir(answerNothing);
  air.advance(2);
  layer.send('AT+CFUN=0');
  air.receive(created(air.sent[0]!.message));
  expect(air.states.map(([, state]) => state)).toEqual([4]);
});

test('a radio that is switched off later sends nothing', () => {
  const { air, layer } = openModuleOnAir();
  air.advance(100);
  layer.send('AT+CFUN=0');
  air.advance(FIRST_S + 278 + 124);
  expect(air.sent).toHaveLength(1);
  expect(air.states.at(-1)).toEqual([FIRST_S + 378 + 124, 13]);
});

test.each([
  ['attaching', 0.2, 0],
  ['connecting', 1, 4],
  ['waiting for an answer', 20, 4],
])('an end while %s is the end: no packet, no state, no socket', (_, seconds, state) => {
  const { air, layer } = openModuleOnAir(answerNothing);
  air.advance(seconds);
  const before = air.sent.length;
  air.client.end();
  expect(air.openSockets).toBe(0);
  air.advance(100_000);
  expect(air.sent).toHaveLength(before);
  expect(layer.module.dmState).toBe(state);
});

test('an end while registered is the end as well', () => {
  const { air } = openModuleOnAir();
  air.advance(10);
  air.client.end();
  air.advance(100_000);
  expect([air.sent.length, air.states.length, air.openSockets]).toEqual([1, 2, 0]);
});
