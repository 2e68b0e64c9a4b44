import {
  acceptAll,
  answerNothing,
  type ClientOnAir,
  created,
  isRegistration,
  refuseAll,
  responseTo,
  type Server,
} from './client-on-air.fixture.ts';
import { coapCode, emptyMessage } from './coap.ts';
import { FIRST_S, openModuleOnAir, pathOf, queriesOf, timesOf } from './module-on-air.fixture.ts';

describe('a registration', () => {
  test('is what MTK sends: POST /rd, link format, ep, b and lt in this order', () => {
    const { air } = openModuleOnAir();
    air.advance(2);
    const [first] = air.sent;
    expect(air.sent).toHaveLength(1);
    expect(first).toMatchObject({
      to: { address: '127.0.0.1', port: 5700 },
      message: { type: 'CON', code: 2 },
    });
    expect(pathOf(first!)).toEqual(['rd']);
    expect(first!.message.options.map(({ number }) => number)).toEqual([11, 12, 15, 15, 15]);
    expect(first!.message.options[1]?.value).toEqual(Buffer.from([40]));
    expect(queriesOf(first!).map((item) => item.replace(/=.*/, ''))).toEqual(['ep', 'b', 'lt']);
    expect(queriesOf(first!).slice(1)).toEqual(['b=U', 'lt=420']);
    expect(first!.message.payload.toString()).toBe('</>;rt="oma.lwm2m",</0/0>,</666/0>');
  });

  test('has its message id and the clock in its token', () => {
    const { air } = openModuleOnAir();
    air.advance(2);
    const { id, token } = air.sent[0]!.message;
    expect(token).toHaveLength(4);
    expect(token.readUInt16LE(0)).toBe(id);
    expect(token.readUInt16LE(2)).toBe(1);
  });

  test.each([
    ['v2', 'v2.0', 5],
    ['v1', 'V2.2.0_D1.1.1', 3],
  ])('by a name of generation %s', (endpointName, dmVersion, parts) => {
    const { air, layer } = openModuleOnAir(acceptAll, { endpointName, dmVersion });
    air.advance(2);
    const name = queriesOf(air.sent[0]!)[0]!.slice('ep='.length).split('@#@');
    const cipher = layer.clientPlan().encrypt(`861234567890123-****-460001234567890-${dmVersion}`);
    expect(name).toHaveLength(parts);
    expect(name).toEqual(['L', cipher, 'M200000001', '861234567890123', 'v2.0'].slice(0, parts));
  });

  test("can name the module's own IMEI, too", () => {
    const { air, layer } = openModuleOnAir(acceptAll, { imei2: 'module' });
    air.advance(2);
    const cipher = layer.clientPlan().encrypt('861234567890123-863703030822519-460001234567890-v2.0');
    expect(queriesOf(air.sent[0]!)[0]).toContain(cipher);
  });

  test('has no object 666 where there is none', () => {
    const { air } = openModuleOnAir(acceptAll, { deviceInfo: 'absent' });
    air.advance(2);
    expect(air.sent[0]!.message.payload.toString()).toBe('</>;rt="oma.lwm2m",</0/0>');
  });
});

describe('the states of a registration', () => {
  test('are 4 at the socket, before any packet, and 6 at 2.01', () => {
    const { air } = openModuleOnAir();
    air.advance(1.4);
    expect(air.states).toEqual([[0.5, 4]]);
    expect(air.sent).toEqual([]);
    air.advance(0.2);
    expect(air.states).toEqual([
      [0.5, 4],
      [1.5, 6],
    ]);
  });

  test.each([
    ['2.04', 0x44],
    ['4.00', 0x80],
    ['4.03', 0x83],
    ['4.04', 0x84],
    ['5.03', 0xa3],
  ])('are 7 at %s', (_, code) => {
    const { air } = openModuleOnAir(refuseAll(code));
    air.advance(2);
    expect(air.states.at(-1)).toEqual([1.5, 7]);
  });

  test('are 7 at RST', () => {
    const { air } = openModuleOnAir(({ id }) => [emptyMessage('RST', id)]);
    air.advance(2);
    expect(air.states.at(-1)).toEqual([1.5, 7]);
  });

  test('are 5 where there is no socket', () => {
    const { air } = openModuleOnAir('no socket');
    air.advance(2);
    expect(air.states).toEqual([[0.5, 5]]);
  });

  test('are 5 by setting', () => {
    const { air } = openModuleOnAir(acceptAll, { socket: 'fails' });
    air.advance(2);
    expect(air.states).toEqual([[0.5, 5]]);
    expect(air.sent).toEqual([]);
  });
});

// CMDMP.md §2.3: computed; for T = 2 also seen with upstream Wakaama.
describe.each([
  [2, [0, 2, 6, 14, 30], 62],
  [4, [0, 4, 12, 28, 60], 124],
  [6, [0, 6, 18, 42, 90], 186],
  [10, [0, 10, 30, 70, 150], 310],
])('with T = %i s', (timeoutS, transmissions, end) => {
  const openWith = (server: Server): ClientOnAir =>
    openModuleOnAir(server, { coapTimeoutS: String(timeoutS) }).air;

  test('silence is met with five transmissions of one message, and 8 after 31 T', () => {
    const air = openWith(answerNothing);
    air.advance(FIRST_S + end - 0.001);
    expect(timesOf(air)).toEqual(transmissions);
    expect(new Set(air.sent.map(({ message }) => JSON.stringify(message))).size).toBe(1);
    expect(air.states).toEqual([[0.5, 4]]);
    air.advance(0.001);
    expect(air.states.at(-1)).toEqual([FIRST_S + end, 8]);
  });

  test('an empty ACK ends the transmissions, and 8 comes after 2 T', () => {
    const air = openWith(({ id }) => [emptyMessage('ACK', id)]);
    air.advance(FIRST_S + 2 * timeoutS);
    expect(timesOf(air)).toEqual([0]);
    expect(air.states.at(-1)).toEqual([FIRST_S + 2 * timeoutS, 8]);
  });

  test('a response under another token counts as an empty ACK', () => {
    const air = openWith((message) => [{ ...created(message), token: Buffer.from('else') }]);
    air.advance(FIRST_S + 2 * timeoutS);
    expect(timesOf(air)).toEqual([0]);
    expect(air.states.at(-1)).toEqual([FIRST_S + 2 * timeoutS, 8]);
  });

  test('4.01 is tried again at 2 T and 5 T, and then it is a refusal', () => {
    const air = openWith(refuseAll(coapCode.unauthorized));
    air.advance(FIRST_S + 5 * timeoutS);
    expect(timesOf(air)).toEqual([0, 2 * timeoutS, 5 * timeoutS]);
    expect(air.states.at(-1)).toEqual([FIRST_S + 5 * timeoutS, 7]);
  });

  test('duplicates of an empty ACK or of 4.01 change nothing', () => {
    const empty = openWith(({ id }) => [emptyMessage('ACK', id), emptyMessage('ACK', id)]);
    empty.advance(FIRST_S + 2 * timeoutS);
    expect(empty.states.at(-1)).toEqual([FIRST_S + 2 * timeoutS, 8]);
    const unauthorized = openWith((message) => {
      const answer = responseTo(message, coapCode.unauthorized);
      return [answer, answer];
    });
    unauthorized.advance(FIRST_S + 5 * timeoutS);
    expect(timesOf(unauthorized)).toEqual([0, 2 * timeoutS, 5 * timeoutS]);
    expect(unauthorized.states.at(-1)).toEqual([FIRST_S + 5 * timeoutS, 7]);
  });

  test('a response to a later transmission ends the exchange', () => {
    const air = openWith((message, count) => (count === 3 ? [created(message)] : []));
    air.advance(FIRST_S + end + 20);
    expect(timesOf(air)).toEqual(transmissions.slice(0, 3));
    expect(air.states.at(-1)).toEqual([FIRST_S + transmissions[2]!, 6]);
  });
});

describe('a separate response', () => {
  const acknowledging: Server = (message) =>
    isRegistration(message) ? [emptyMessage('ACK', message.id)] : [];

  test.each([
    ['after an empty ACK', acknowledging],
    ['that overtook its ACK', answerNothing],
  ])('%s is taken and acknowledged, each time it comes', (_, server) => {
    const { air } = openModuleOnAir(server);
    air.advance(5);
    const response = { ...created(air.sent[0]!.message), type: 'CON', id: 900 } as const;
    air.receive(response);
    expect(air.states.at(-1)).toEqual([5, 6]);
    expect(air.sent.at(-1)!.message).toEqual(emptyMessage('ACK', 900));
    const before = air.sent.length;
    air.receive(response);
    expect(air.sent).toHaveLength(before + 1);
    expect(air.sent.at(-1)!.message).toEqual(emptyMessage('ACK', 900));
    expect(air.states).toHaveLength(2);
  });

  test('comes too late when 2 T have passed', () => {
    const { air } = openModuleOnAir(acknowledging);
    air.advance(FIRST_S + 8 + 0.1);
    air.receive({ ...created(air.sent[0]!.message), type: 'CON', id: 900 });
    expect(air.states.map(([, state]) => state)).toEqual([4, 8]);
  });

  test('that is not confirmable is taken and not acknowledged', () => {
    const { air } = openModuleOnAir(acknowledging);
    air.advance(2);
    air.receive({ ...created(air.sent[0]!.message), type: 'NON', id: 900 });
    expect(air.states.at(-1)).toEqual([2, 6]);
    expect(air.sent).toHaveLength(1);
  });
});
