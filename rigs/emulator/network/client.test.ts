import { type CommandLayer, openCommandLayer } from '../board/command-layer.fixture.ts';
import {
  acceptAll,
  answerNothing,
  answerUpdates,
  type ClientOnAir,
  created,
  isRegistration,
  LOCATION,
  openClientOnAir,
  refuseAll,
  responseTo,
  type Sent,
  type Server,
} from './client-on-air.fixture.ts';
import { coapCode, coapOption, emptyMessage, textsOf } from './coap.ts';

/** When the first registration leaves: half a second to attach, one from the socket to the packet. */
const FIRST_S = 1.5;
const FORBIDDEN = 0x83;

const SERVER = 'AT+QDMPCFG=1,127.0.0.1,5700,420';
const CREDENTIALS = 'AT+QDMPCFG=2,"M200000001","vector-3",1,861234567890123';

interface Opened {
  readonly layer: CommandLayer;
  readonly air: ClientOnAir;
}

/** A module with a server on loopback, saved and in use, and its client. */
function open(server: Server | 'no socket' = acceptAll, settings: Record<string, string> = {}): Opened {
  const layer = openCommandLayer([], settings);
  layer.send(SERVER);
  layer.send(CREDENTIALS);
  layer.reboot();
  return { layer, air: openClientOnAir(layer.module, () => layer.clientPlan(), server) };
}

const codes = ({ sent }: ClientOnAir): string[] =>
  sent.map(({ message: { code }, at }) => `${at} ${(code >> 5).toString()}.0${(code & 31).toString()}`);
const pathOf = ({ message }: Sent): readonly string[] => textsOf(message, coapOption.uriPath);
const queriesOf = ({ message }: Sent): readonly string[] => textsOf(message, coapOption.uriQuery);
const times = ({ sent }: ClientOnAir): number[] => sent.map(({ at }) => at - FIRST_S);

describe('a registration', () => {
  test('is what MTK sends: POST /rd, link format, ep, b and lt in this order', () => {
    const { air } = open();
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
    const { air } = open();
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
    const { air, layer } = open(acceptAll, { endpointName, dmVersion });
    air.advance(2);
    const name = queriesOf(air.sent[0]!)[0]!.slice('ep='.length).split('@#@');
    const cipher = layer.clientPlan().encrypt(`861234567890123-****-460001234567890-${dmVersion}`);
    expect(name).toHaveLength(parts);
    expect(name).toEqual(['L', cipher, 'M200000001', '861234567890123', 'v2.0'].slice(0, parts));
  });

  test("can name the module's own IMEI, too", () => {
    const { air, layer } = open(acceptAll, { imei2: 'module' });
    air.advance(2);
    const cipher = layer.clientPlan().encrypt('861234567890123-863703030822519-460001234567890-v2.0');
    expect(queriesOf(air.sent[0]!)[0]).toContain(cipher);
  });

  test('has no object 666 where there is none', () => {
    const { air } = open(acceptAll, { deviceInfo: 'absent' });
    air.advance(2);
    expect(air.sent[0]!.message.payload.toString()).toBe('</>;rt="oma.lwm2m",</0/0>');
  });
});

describe('the states of a registration', () => {
  test('are 4 at the socket, before any packet, and 6 at 2.01', () => {
    const { air } = open();
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
    const { air } = open(refuseAll(code));
    air.advance(2);
    expect(air.states.at(-1)).toEqual([1.5, 7]);
  });

  test('are 7 at RST', () => {
    const { air } = open(({ id }) => [emptyMessage('RST', id)]);
    air.advance(2);
    expect(air.states.at(-1)).toEqual([1.5, 7]);
  });

  test('are 5 where there is no socket', () => {
    const { air } = open('no socket');
    air.advance(2);
    expect(air.states).toEqual([[0.5, 5]]);
  });

  test('are 5 by setting', () => {
    const { air } = open(acceptAll, { socket: 'fails' });
    air.advance(2);
    expect(air.states).toEqual([[0.5, 5]]);
    expect(air.sent).toEqual([]);
  });
});

// CMDMP.md §2.3, computed there and seen of T = 2 with upstream Wakaama.
describe.each([
  [2, [0, 2, 6, 14, 30], 62],
  [4, [0, 4, 12, 28, 60], 124],
  [6, [0, 6, 18, 42, 90], 186],
  [10, [0, 10, 30, 70, 150], 310],
])('with T = %i s', (timeoutS, transmissions, end) => {
  const openWith = (server: Server): ClientOnAir => open(server, { coapTimeoutS: String(timeoutS) }).air;

  test('silence is met with five transmissions of one message, and 8 after 31 T', () => {
    const air = openWith(answerNothing);
    air.advance(FIRST_S + end - 0.001);
    expect(times(air)).toEqual(transmissions);
    expect(new Set(air.sent.map(({ message }) => JSON.stringify(message))).size).toBe(1);
    expect(air.states).toEqual([[0.5, 4]]);
    air.advance(0.001);
    expect(air.states.at(-1)).toEqual([FIRST_S + end, 8]);
  });

  test('an empty ACK ends the transmissions, and 8 comes after 2 T', () => {
    const air = openWith(({ id }) => [emptyMessage('ACK', id)]);
    air.advance(FIRST_S + 2 * timeoutS);
    expect(times(air)).toEqual([0]);
    expect(air.states.at(-1)).toEqual([FIRST_S + 2 * timeoutS, 8]);
  });

  test('a response under another token counts as an empty ACK', () => {
    const air = openWith((message) => [{ ...created(message), token: Buffer.from('else') }]);
    air.advance(FIRST_S + 2 * timeoutS);
    expect(times(air)).toEqual([0]);
    expect(air.states.at(-1)).toEqual([FIRST_S + 2 * timeoutS, 8]);
  });

  test('4.01 is tried again at 2 T and 5 T, and then it is a refusal', () => {
    const air = openWith(refuseAll(coapCode.unauthorized));
    air.advance(FIRST_S + 5 * timeoutS);
    expect(times(air)).toEqual([0, 2 * timeoutS, 5 * timeoutS]);
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
    expect(times(unauthorized)).toEqual([0, 2 * timeoutS, 5 * timeoutS]);
    expect(unauthorized.states.at(-1)).toEqual([FIRST_S + 5 * timeoutS, 7]);
  });

  test('a response to a later transmission ends the exchange', () => {
    const air = openWith((message, count) => (count === 3 ? [created(message)] : []));
    air.advance(FIRST_S + end + 20);
    expect(times(air)).toEqual(transmissions.slice(0, 3));
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
    const { air } = open(server);
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
    const { air } = open(acknowledging);
    air.advance(FIRST_S + 8 + 0.1);
    air.receive({ ...created(air.sent[0]!.message), type: 'CON', id: 900 });
    expect(air.states.map(([, state]) => state)).toEqual([4, 8]);
  });

  test('that is not confirmable is taken and not acknowledged', () => {
    const { air } = open(acknowledging);
    air.advance(2);
    air.receive({ ...created(air.sent[0]!.message), type: 'NON', id: 900 });
    expect(air.states.at(-1)).toEqual([2, 6]);
    expect(air.sent).toHaveLength(1);
  });
});

describe('an update', () => {
  test('goes to the location, by 0.9 of the lifetime, with epi alone', () => {
    const { air, layer } = open();
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
    const { air } = open();
    air.advance(FIRST_S + 3 * 378 + 1);
    expect(times(air)).toEqual([0, 378, 756, 1134]);
    expect(air.states.map(([, state]) => state)).toEqual([4, 6, 11, 11, 11]);
  });

  test('goes to the root where the server gave no location', () => {
    const { air } = open((message) => [responseTo(message, coapCode.created)]);
    air.advance(FIRST_S + 378);
    expect(pathOf(air.sent[1]!)).toEqual([]);
  });

  test('by the period where the lifetime is longer', () => {
    const { air } = open(acceptAll, { lifetimeRule: 'plus46', updateRule: 'period' });
    air.advance(FIRST_S + 421);
    expect(queriesOf(air.sent[0]!)).toContain('lt=466');
    expect(times(air)).toEqual([0, 420]);
  });

  test.each<[string, Server, number, number]>([
    ['refused is 12', refuseAll(0x84), 12, 0],
    ['answered with RST is 12', ({ id }) => [emptyMessage('RST', id)], 12, 0],
    ['acknowledged alone is 13 after 2 T', ({ id }) => [emptyMessage('ACK', id)], 13, 8],
    ['without an answer is 13 after 31 T', answerNothing, 13, 124],
  ])('%s, and a new registration follows', (_, server, state, after) => {
    const { air } = open(answerUpdates(server));
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
    const { air } = open(refuseAll(FORBIDDEN));
    air.advance(FIRST_S + 8 * 20);
    expect(times(air)).toEqual(Array.from({ length: 21 }, (_, round) => 8 * round));
    expect(air.states.slice(0, 4).map(([, state]) => state)).toEqual([4, 7, 4, 7]);
    expect(air.openSockets).toBe(0);
  });

  test.each([
    ['five', 6],
    ['never', 1],
  ])('with retryPolicy %s it registers %i times in all', (retryPolicy, registrations) => {
    const { air } = open(refuseAll(FORBIDDEN), { retryPolicy, retryDelayS: '600' });
    air.advance(10_000);
    expect(air.sent).toHaveLength(registrations);
    expect(air.states.at(-1)?.[1]).toBe(7);
  });

  test('a registration that succeeds begins the count anew', () => {
    const { air } = open(answerUpdates(refuseAll(FORBIDDEN)), { retryPolicy: 'five' });
    air.advance(FIRST_S + 10 * (378 + 8));
    expect(air.sent.filter(({ message }) => isRegistration(message))).toHaveLength(11);
  });

  test('another message id and token are used', () => {
    const { air } = open(refuseAll(FORBIDDEN));
    air.advance(20);
    const [first, second] = air.sent;
    expect(second!.message.id).toBe((first!.message.id + 1) & 0xffff);
    expect(second!.message.token).not.toEqual(first!.message.token);
  });
});

describe('the end of the lifetime', () => {
  test('is 9; the client deregisters without waiting and stays away', () => {
    const { air } = open(acceptAll, { updates: 'suppressed' });
    air.advance(2000);
    expect(air.states.at(-1)).toEqual([FIRST_S + 420, 9]);
    expect(codes(air)).toEqual(['1.5 0.02', '421.5 0.04']);
    expect(pathOf(air.sent[1]!)).toEqual(LOCATION);
    expect(air.openSockets).toBe(0);
  });

  test('is 9 and then an update, by setting', () => {
    const { air } = open(acceptAll, { updates: 'suppressed', lifetimeExpiry: 'update' });
    air.advance(FIRST_S + 421);
    expect(air.states.slice(-2)).toEqual([
      [FIRST_S + 420, 9],
      [FIRST_S + 420, 11],
    ]);
    expect(codes(air)).toEqual(['1.5 0.02', '421.5 0.02']);
  });

  test('is not 9 while an update is on its way', () => {
    const { air } = open(answerUpdates(answerNothing));
    air.advance(FIRST_S + 378 + 124);
    expect(air.states.map(([, state]) => state)).toEqual([4, 6, 13]);
  });
});

describe('nothing is sent, and the state stays 0,', () => {
  test.each([
    ['without a SIM', { sim: 'absent' }],
    ["with another operator's SIM", { imsi: '460011234567890' }],
  ])('%s', (_, settings) => {
    const { air, layer } = open(acceptAll, settings);
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
    const { air, layer } = open();
    layer.send('AT+CFUN=0');
    air.advance(1000);
    expect([air.sent, air.states]).toEqual([[], []]);
    layer.send('AT+CFUN=1');
    air.advance(3);
    expect(air.states.map(([, state]) => state)).toEqual([4, 6]);
  });
});

test('a radio switched off hears nothing', () => {
  const { air, layer } = open(answerNothing);
  air.advance(2);
  layer.send('AT+CFUN=0');
  air.receive(created(air.sent[0]!.message));
  expect(air.states.map(([, state]) => state)).toEqual([4]);
});

test('a radio switched off later swallows what is sent', () => {
  const { air, layer } = open();
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
  const { air, layer } = open(answerNothing);
  air.advance(seconds);
  const before = air.sent.length;
  air.client.end();
  expect(air.openSockets).toBe(0);
  air.advance(100_000);
  expect(air.sent).toHaveLength(before);
  expect(layer.module.dmState).toBe(state);
});

test('an end while registered is the end as well', () => {
  const { air } = open();
  air.advance(10);
  air.client.end();
  air.advance(100_000);
  expect([air.sent.length, air.states.length, air.openSockets]).toEqual([1, 2, 0]);
});
