import { type Bench, openBench } from '../board/command-layer.fixture.ts';
import {
  accepting,
  type AirBench,
  answerTo,
  created,
  isRegistration,
  LOCATION,
  openAir,
  refusing,
  type Sent,
  type Server,
  silent,
  updating,
} from './client-on-air.fixture.ts';
import { coapCode, coapOption, emptyMessage, textsOf } from './coap.ts';

/** When the first registration leaves: half a second to attach, one from the socket to the packet. */
const FIRST_S = 1.5;
const FORBIDDEN = 0x83;

const SERVER = 'AT+QDMPCFG=1,127.0.0.1,5700,420';
const CREDENTIALS = 'AT+QDMPCFG=2,"M200000001","vector-3",1,861234567890123';

interface Opened {
  readonly bench: Bench;
  readonly air: AirBench;
}

/** A module with a server on loopback, saved and in use, and its client. */
function open(server: Server | 'no socket' = accepting, settings: Record<string, string> = {}): Opened {
  const bench = openBench([], settings);
  bench.send(SERVER);
  bench.send(CREDENTIALS);
  bench.reboot();
  return { bench, air: openAir(bench.module, () => bench.client(), server) };
}

const codes = ({ sent }: AirBench): string[] =>
  sent.map(({ message: { code }, at }) => `${at} ${(code >> 5).toString()}.0${(code & 31).toString()}`);
const pathOf = ({ message }: Sent): readonly string[] => textsOf(message, coapOption.uriPath);
const queriesOf = ({ message }: Sent): readonly string[] => textsOf(message, coapOption.uriQuery);
const times = ({ sent }: AirBench): number[] => sent.map(({ at }) => at - FIRST_S);

describe('a registration', () => {
  test('is what MTK sends: POST /rd, link format, ep, b and lt in this order', () => {
    const { air } = open();
    air.pass(2);
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
    air.pass(2);
    const { id, token } = air.sent[0]!.message;
    expect(token).toHaveLength(4);
    expect(token.readUInt16LE(0)).toBe(id);
    expect(token.readUInt16LE(2)).toBe(1);
  });

  test.each([
    ['v2', 'v2.0', 5],
    ['v1', 'V2.2.0_D1.1.1', 3],
  ])('by a name of generation %s', (endpointName, dmVersion, parts) => {
    const { air, bench } = open(accepting, { endpointName, dmVersion });
    air.pass(2);
    const name = queriesOf(air.sent[0]!)[0]!.slice('ep='.length).split('@#@');
    const cipher = bench.client().seal(`861234567890123-****-460001234567890-${dmVersion}`);
    expect(name).toHaveLength(parts);
    expect(name).toEqual(['L', cipher, 'M200000001', '861234567890123', 'v2.0'].slice(0, parts));
  });

  test("can name the module's own IMEI, too", () => {
    const { air, bench } = open(accepting, { imei2: 'module' });
    air.pass(2);
    const cipher = bench.client().seal('861234567890123-863703030822519-460001234567890-v2.0');
    expect(queriesOf(air.sent[0]!)[0]).toContain(cipher);
  });

  test('has no object 666 where there is none', () => {
    const { air } = open(accepting, { deviceInfo: 'absent' });
    air.pass(2);
    expect(air.sent[0]!.message.payload.toString()).toBe('</>;rt="oma.lwm2m",</0/0>');
  });
});

describe('the states of a registration', () => {
  test('are 4 at the socket, before any packet, and 6 at 2.01', () => {
    const { air } = open();
    air.pass(1.4);
    expect(air.states).toEqual([[0.5, 4]]);
    expect(air.sent).toEqual([]);
    air.pass(0.2);
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
    const { air } = open(refusing(code));
    air.pass(2);
    expect(air.states.at(-1)).toEqual([1.5, 7]);
  });

  test('are 7 at RST', () => {
    const { air } = open(({ id }) => [emptyMessage('RST', id)]);
    air.pass(2);
    expect(air.states.at(-1)).toEqual([1.5, 7]);
  });

  test('are 5 where there is no socket', () => {
    const { air } = open('no socket');
    air.pass(2);
    expect(air.states).toEqual([[0.5, 5]]);
  });

  test('are 5 by setting', () => {
    const { air } = open(accepting, { socket: 'fails' });
    air.pass(2);
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
  const openWith = (server: Server): AirBench => open(server, { coapTimeoutS: String(timeoutS) }).air;

  test('silence is met with five transmissions of one message, and 8 after 31 T', () => {
    const air = openWith(silent);
    air.pass(FIRST_S + end - 0.001);
    expect(times(air)).toEqual(transmissions);
    expect(new Set(air.sent.map(({ message }) => JSON.stringify(message))).size).toBe(1);
    expect(air.states).toEqual([[0.5, 4]]);
    air.pass(0.001);
    expect(air.states.at(-1)).toEqual([FIRST_S + end, 8]);
  });

  test('an empty ACK ends the transmissions, and 8 comes after 2 T', () => {
    const air = openWith(({ id }) => [emptyMessage('ACK', id)]);
    air.pass(FIRST_S + 2 * timeoutS);
    expect(times(air)).toEqual([0]);
    expect(air.states.at(-1)).toEqual([FIRST_S + 2 * timeoutS, 8]);
  });

  test('a response under another token counts as an empty ACK', () => {
    const air = openWith((message) => [{ ...created(message), token: Buffer.from('else') }]);
    air.pass(FIRST_S + 2 * timeoutS);
    expect(times(air)).toEqual([0]);
    expect(air.states.at(-1)).toEqual([FIRST_S + 2 * timeoutS, 8]);
  });

  test('4.01 is tried again at 2 T and 5 T, and then it is a refusal', () => {
    const air = openWith(refusing(coapCode.unauthorized));
    air.pass(FIRST_S + 5 * timeoutS);
    expect(times(air)).toEqual([0, 2 * timeoutS, 5 * timeoutS]);
    expect(air.states.at(-1)).toEqual([FIRST_S + 5 * timeoutS, 7]);
  });

  test('duplicates of an empty ACK or of 4.01 change nothing', () => {
    const empty = openWith(({ id }) => [emptyMessage('ACK', id), emptyMessage('ACK', id)]);
    empty.pass(FIRST_S + 2 * timeoutS);
    expect(empty.states.at(-1)).toEqual([FIRST_S + 2 * timeoutS, 8]);
    const unauthorized = openWith((message) => {
      const answer = answerTo(message, coapCode.unauthorized);
      return [answer, answer];
    });
    unauthorized.pass(FIRST_S + 5 * timeoutS);
    expect(times(unauthorized)).toEqual([0, 2 * timeoutS, 5 * timeoutS]);
    expect(unauthorized.states.at(-1)).toEqual([FIRST_S + 5 * timeoutS, 7]);
  });

  test('a response to a later transmission ends the exchange', () => {
    const air = openWith((message, count) => (count === 3 ? [created(message)] : []));
    air.pass(FIRST_S + end + 20);
    expect(times(air)).toEqual(transmissions.slice(0, 3));
    expect(air.states.at(-1)).toEqual([FIRST_S + transmissions[2]!, 6]);
  });
});

describe('a separate response', () => {
  const acknowledging: Server = (message) =>
    isRegistration(message) ? [emptyMessage('ACK', message.id)] : [];

  test.each([
    ['after an empty ACK', acknowledging],
    ['that overtook its ACK', silent],
  ])('%s is taken and acknowledged, each time it comes', (_, server) => {
    const { air } = open(server);
    air.pass(5);
    const response = { ...created(air.sent[0]!.message), type: 'CON', id: 900 } as const;
    air.arrive(response);
    expect(air.states.at(-1)).toEqual([5, 6]);
    expect(air.sent.at(-1)!.message).toEqual(emptyMessage('ACK', 900));
    const before = air.sent.length;
    air.arrive(response);
    expect(air.sent).toHaveLength(before + 1);
    expect(air.sent.at(-1)!.message).toEqual(emptyMessage('ACK', 900));
    expect(air.states).toHaveLength(2);
  });

  test('comes too late when 2 T have passed', () => {
    const { air } = open(acknowledging);
    air.pass(FIRST_S + 8 + 0.1);
    air.arrive({ ...created(air.sent[0]!.message), type: 'CON', id: 900 });
    expect(air.states.map(([, state]) => state)).toEqual([4, 8]);
  });

  test('that is not confirmable is taken and not acknowledged', () => {
    const { air } = open(acknowledging);
    air.pass(2);
    air.arrive({ ...created(air.sent[0]!.message), type: 'NON', id: 900 });
    expect(air.states.at(-1)).toEqual([2, 6]);
    expect(air.sent).toHaveLength(1);
  });
});

describe('an update', () => {
  test('goes to the location, by 0.9 of the lifetime, with epi alone', () => {
    const { air, bench } = open();
    air.pass(FIRST_S + 378);
    expect(air.sent).toHaveLength(2);
    const update = air.sent[1]!;
    expect(update.at).toBe(FIRST_S + 378);
    expect(update.message).toMatchObject({ type: 'CON', code: coapCode.post, payload: Buffer.alloc(0) });
    expect(pathOf(update)).toEqual(LOCATION);
    const cipher = bench.client().seal('861234567890123-****-460001234567890-****');
    expect(queriesOf(update)).toEqual([`epi=L@#@${cipher}@#@M200000001@#@861234567890123@#@v2.0`]);
    expect(update.message.options.map(({ number }) => number)).toEqual([11, 11, 15]);
    expect(air.states.at(-1)).toEqual([FIRST_S + 378, 11]);
  });

  test('follows update, and no lifetime ends', () => {
    const { air } = open();
    air.pass(FIRST_S + 3 * 378 + 1);
    expect(times(air)).toEqual([0, 378, 756, 1134]);
    expect(air.states.map(([, state]) => state)).toEqual([4, 6, 11, 11, 11]);
  });

  test('goes to the root where the server gave no location', () => {
    const { air } = open((message) => [answerTo(message, coapCode.created)]);
    air.pass(FIRST_S + 378);
    expect(pathOf(air.sent[1]!)).toEqual([]);
  });

  test('by the period where the lifetime is longer', () => {
    const { air } = open(accepting, { lifetimeRule: 'plus46', updateRule: 'period' });
    air.pass(FIRST_S + 421);
    expect(queriesOf(air.sent[0]!)).toContain('lt=466');
    expect(times(air)).toEqual([0, 420]);
  });

  test.each<[string, Server, number, number]>([
    ['refused is 12', refusing(0x84), 12, 0],
    ['answered with RST is 12', ({ id }) => [emptyMessage('RST', id)], 12, 0],
    ['acknowledged alone is 13 after 2 T', ({ id }) => [emptyMessage('ACK', id)], 13, 8],
    ['without an answer is 13 after 31 T', silent, 13, 124],
  ])('%s, and a new registration follows', (_, server, state, after) => {
    const { air } = open(updating(server));
    air.pass(FIRST_S + 378 + after + 8);
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
    const { air } = open(refusing(FORBIDDEN));
    air.pass(FIRST_S + 8 * 20);
    expect(times(air)).toEqual(Array.from({ length: 21 }, (_, round) => 8 * round));
    expect(air.states.slice(0, 4).map(([, state]) => state)).toEqual([4, 7, 4, 7]);
    expect(air.open).toBe(0);
  });

  test.each([
    ['five', 6],
    ['never', 1],
  ])('with retryPolicy %s it registers %i times in all', (retryPolicy, registrations) => {
    const { air } = open(refusing(FORBIDDEN), { retryPolicy, retryDelayS: '600' });
    air.pass(10_000);
    expect(air.sent).toHaveLength(registrations);
    expect(air.states.at(-1)?.[1]).toBe(7);
  });

  test('a registration that succeeds begins the count anew', () => {
    const { air } = open(updating(refusing(FORBIDDEN)), { retryPolicy: 'five' });
    air.pass(FIRST_S + 10 * (378 + 8));
    expect(air.sent.filter(({ message }) => isRegistration(message))).toHaveLength(11);
  });

  test('another message id and token are used', () => {
    const { air } = open(refusing(FORBIDDEN));
    air.pass(20);
    const [first, second] = air.sent;
    expect(second!.message.id).toBe((first!.message.id + 1) & 0xffff);
    expect(second!.message.token).not.toEqual(first!.message.token);
  });
});

describe('the end of the lifetime', () => {
  test('is 9; the client deregisters without waiting and stays away', () => {
    const { air } = open(accepting, { updates: 'suppressed' });
    air.pass(2000);
    expect(air.states.at(-1)).toEqual([FIRST_S + 420, 9]);
    expect(codes(air)).toEqual(['1.5 0.02', '421.5 0.04']);
    expect(pathOf(air.sent[1]!)).toEqual(LOCATION);
    expect(air.open).toBe(0);
  });

  test('is 9 and then an update, by setting', () => {
    const { air } = open(accepting, { updates: 'suppressed', lifetimeExpiry: 'update' });
    air.pass(FIRST_S + 421);
    expect(air.states.slice(-2)).toEqual([
      [FIRST_S + 420, 9],
      [FIRST_S + 420, 11],
    ]);
    expect(codes(air)).toEqual(['1.5 0.02', '421.5 0.02']);
  });

  test('is not 9 while an update is on its way', () => {
    const { air } = open(updating(silent));
    air.pass(FIRST_S + 378 + 124);
    expect(air.states.map(([, state]) => state)).toEqual([4, 6, 13]);
  });
});

describe('nothing is sent, and the state stays 0,', () => {
  test.each([
    ['without a SIM', { sim: 'absent' }],
    ["with another operator's SIM", { imsi: '460011234567890' }],
  ])('%s', (_, settings) => {
    const { air, bench } = open(accepting, settings);
    air.pass(100_000);
    expect([air.sent, air.states, bench.module.dmState]).toEqual([[], [], 0]);
  });

  test('with access disabled', () => {
    const bench = openBench();
    bench.send('AT+QDMPCFG=0,0');
    bench.send(SERVER);
    bench.reboot();
    const air = openAir(bench.module, () => bench.client());
    air.pass(100_000);
    expect([air.sent, air.states, bench.module.dmState]).toEqual([[], [], 0]);
  });

  test('while the radio is off; then the client goes on', () => {
    const { air, bench } = open();
    bench.send('AT+CFUN=0');
    air.pass(1000);
    expect([air.sent, air.states]).toEqual([[], []]);
    bench.send('AT+CFUN=1');
    air.pass(3);
    expect(air.states.map(([, state]) => state)).toEqual([4, 6]);
  });
});

test('a radio switched off hears nothing', () => {
  const { air, bench } = open(silent);
  air.pass(2);
  bench.send('AT+CFUN=0');
  air.arrive(created(air.sent[0]!.message));
  expect(air.states.map(([, state]) => state)).toEqual([4]);
});

test('a radio switched off later swallows what is sent', () => {
  const { air, bench } = open();
  air.pass(100);
  bench.send('AT+CFUN=0');
  air.pass(FIRST_S + 278 + 124);
  expect(air.sent).toHaveLength(1);
  expect(air.states.at(-1)).toEqual([FIRST_S + 378 + 124, 13]);
});

test.each([
  ['attaching', 0.2, 0],
  ['connecting', 1, 4],
  ['waiting for an answer', 20, 4],
])('an end while %s is the end: no packet, no state, no socket', (_, seconds, state) => {
  const { air, bench } = open(silent);
  air.pass(seconds);
  const before = air.sent.length;
  air.client.end();
  expect(air.open).toBe(0);
  air.pass(100_000);
  expect(air.sent).toHaveLength(before);
  expect(bench.module.dmState).toBe(state);
});

test('an end while registered is the end as well', () => {
  const { air } = open();
  air.pass(10);
  air.client.end();
  air.pass(100_000);
  expect([air.sent.length, air.states.length, air.open]).toEqual([1, 2, 0]);
});
