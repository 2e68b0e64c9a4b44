import {
  acceptAll,
  answerNothing,
  answerUpdates,
  type ClientOnAir,
  isRegistration,
  LOCATION,
  refuseAll,
  responseTo,
  type Server,
} from './client-on-air.fixture.ts';
import { coapCode, emptyMessage } from './coap.ts';
import { FIRST_S, openModuleOnAir, pathOf, queriesOf, timesOf } from './module-on-air.fixture.ts';

const FORBIDDEN = 0x83;

const codes = ({ sent }: ClientOnAir): string[] =>
  sent.map(({ message: { code }, at }) => `${at} ${(code >> 5).toString()}.0${(code & 31).toString()}`);

describe('an update', () => {
  test('goes to the location, by 0.9 of the lifetime, with epi alone', () => {
    const { air, layer } = openModuleOnAir();
    air.advance(FIRST_S + 378);
    expect(air.sent).toHaveLength(2);
    const update = air.sent[1]!;
    expect(update.at).toBe(FIRST_S + 378);
    expect(update.message).toMatchObject({ type: 'CON', code: coapCode.post, payload: Buffer.alloc(0) });
    expect(pathOf(update)).toEqual(LOCATION);
    const cipher = layer.clientPlan().encrypt('861234567890123-****-460001234567890-****');
    expect(queriesOf(update)).toEqual([`epi=L@#@${cipher}@#@M200000001@#@861234567890123@#@v2.0`]);
    expect(update.message.options.map(({ number }) => number)).toEqual([11, 11, 15]);
    expect(air.states.at(-1)).toEqual([FIRST_S + 378, 11]);
  });

  test('follows update, and no lifetime ends', () => {
    const { air } = openModuleOnAir();
    air.advance(FIRST_S + 3 * 378 + 1);
    expect(timesOf(air)).toEqual([0, 378, 756, 1134]);
    expect(air.states.map(([, state]) => state)).toEqual([4, 6, 11, 11, 11]);
  });

  test('goes to the root where the server gave no location', () => {
    const { air } = openModuleOnAir((message) => [responseTo(message, coapCode.created)]);
    air.advance(FIRST_S + 378);
    expect(pathOf(air.sent[1]!)).toEqual([]);
  });

  test('by the period where the lifetime is longer', () => {
    const { air } = openModuleOnAir(acceptAll, { lifetimeRule: 'plus46', updateRule: 'period' });
    air.advance(FIRST_S + 421);
    expect(queriesOf(air.sent[0]!)).toContain('lt=466');
    expect(timesOf(air)).toEqual([0, 420]);
  });

  test.each<[string, Server, number, number]>([
    ['refused is 12', refuseAll(0x84), 12, 0],
    ['answered with RST is 12', ({ id }) => [emptyMessage('RST', id)], 12, 0],
    ['acknowledged alone is 13 after 2 T', ({ id }) => [emptyMessage('ACK', id)], 13, 8],
    ['without an answer is 13 after 31 T', answerNothing, 13, 124],
  ])('%s, and a new registration follows', (_, server, state, after) => {
    const { air } = openModuleOnAir(answerUpdates(server));
    air.advance(FIRST_S + 378 + after + 8);
    const failedAt = FIRST_S + 378 + after;
    expect(air.states).toEqual([
      [0.5, 4],
      [FIRST_S, 6],
      [failedAt, state],
      [failedAt + 7, 4],
      [failedAt + 8, 6],
    ]);
    expect(isRegistration(air.sent.at(-1)!.message)).toBe(true);
  });
});

describe('after a failure', () => {
  test('the client is back 8 s later, for ever: no back-off, no limit', () => {
    const { air } = openModuleOnAir(refuseAll(FORBIDDEN));
    air.advance(FIRST_S + 8 * 20);
    expect(timesOf(air)).toEqual(Array.from({ length: 21 }, (_, round) => 8 * round));
    expect(air.states.slice(0, 4).map(([, state]) => state)).toEqual([4, 7, 4, 7]);
    expect(air.openSockets).toBe(0);
  });

  test.each([
    ['five', 6],
    ['never', 1],
  ])('with retryPolicy %s it registers %i times in all', (retryPolicy, registrations) => {
    const { air } = openModuleOnAir(refuseAll(FORBIDDEN), { retryPolicy, retryDelayS: '600' });
    air.advance(10_000);
    expect(air.sent).toHaveLength(registrations);
    expect(air.states.at(-1)?.[1]).toBe(7);
  });

  test('its state stays until the result of the next registration, by setting', () => {
    const { air } = openModuleOnAir(refuseAll(0x83), { failureShown: 'until-result' });
    air.advance(12);
    expect(air.states.map(([, state]) => state)).toEqual([4, 7, 7, 7]);
  });

  test('a registration that succeeds begins the count anew', () => {
    const { air } = openModuleOnAir(answerUpdates(refuseAll(FORBIDDEN)), { retryPolicy: 'five' });
    air.advance(FIRST_S + 10 * (378 + 8));
    expect(air.sent.filter(({ message }) => isRegistration(message))).toHaveLength(11);
  });

  test('another message id and token are used', () => {
    const { air } = openModuleOnAir(refuseAll(FORBIDDEN));
    air.advance(20);
    const [first, second] = air.sent;
    expect(second!.message.id).toBe((first!.message.id + 1) & 0xffff);
    expect(second!.message.token).not.toEqual(first!.message.token);
  });
});

describe('the end of the lifetime', () => {
  test('is 9; the client deregisters without waiting and does not register again', () => {
    const { air } = openModuleOnAir(acceptAll, { updates: 'suppressed' });
    air.advance(2000);
    expect(air.states.at(-1)).toEqual([FIRST_S + 420, 9]);
    expect(codes(air)).toEqual(['1.5 0.02', '421.5 0.04']);
    expect(pathOf(air.sent[1]!)).toEqual(LOCATION);
    expect(air.openSockets).toBe(0);
  });

  test('is 9 and then an update, by setting', () => {
    const { air } = openModuleOnAir(acceptAll, { updates: 'suppressed', lifetimeExpiry: 'update' });
    air.advance(FIRST_S + 421);
    expect(air.states.slice(-2)).toEqual([
      [FIRST_S + 420, 9],
      [FIRST_S + 420, 11],
    ]);
    expect(codes(air)).toEqual(['1.5 0.02', '421.5 0.02']);
  });

  test('is not 9 while an update is on its way', () => {
    const { air } = openModuleOnAir(answerUpdates(answerNothing));
    air.advance(FIRST_S + 378 + 124);
    expect(air.states.map(([, state]) => state)).toEqual([4, 6, 13]);
  });
});
