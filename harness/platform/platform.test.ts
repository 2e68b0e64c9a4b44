import { openCoapClient, request } from './coap/coap-client.fixture.ts';
import { textOption } from './coap/options.ts';
import { endpointName, IMEI, locationOf, registerRequest } from './lwm2m/registration.fixture.ts';
import { openPlatform } from './platform.ts';
import { openPlatformWithClient, type PlatformWithClient } from './platform-with-client.fixture.ts';

const epi = `epi=${endpointName('****')}`;
let setup: PlatformWithClient;
beforeEach(async () => {
  setup = await openPlatformWithClient();
});
afterEach(() => setup.close());

async function register(): Promise<string> {
  setup.client.send(registerRequest({ messageId: 100 }));
  return locationOf(await setup.client.next());
}

describe('a registration', () => {
  test('is created, with a location, in the acknowledgement', async () => {
    const { client, platform } = setup;
    client.send(registerRequest({ messageId: 77, token: [9, 8, 7, 6] }));
    const response = await client.next();
    expect(response).toMatchObject({ type: 'ACK', code: '2.01', messageId: 77 });
    expect([...response.token]).toEqual([9, 8, 7, 6]);
    expect(locationOf(response)).toMatch(/^\/rd\/[A-Za-z0-9]{10}$/);
    expect(platform.registrations()).toMatchObject([
      {
        location: locationOf(response),
        lifetimeS: 86_400,
        objects: '</>;rt="oma.lwm2m",</0/0>',
        peer: { address: '127.0.0.1', port: client.port },
        endpoint: { letter: 'I', identity: { imei1: IMEI } },
      },
    ]);
    expect(platform.events.map(({ type }) => type)).toEqual(['requested', 'registered']);
    expect(platform.events[0]).toMatchObject({
      request: { method: 'POST', path: '/rd', contentFormat: 40, messageId: 77 },
    });
  });

  test('of the five-part generation is created, too', async () => {
    const { client, platform } = setup;
    const name = `${endpointName('v2.0', undefined, 'L')}@#@${IMEI}@#@v2.0`;
    client.send(registerRequest({ query: [`ep=${name}`, 'b=U', 'lt=346'] }));
    expect(await client.next()).toMatchObject({ code: '2.01' });
    expect(platform.registrations()).toMatchObject([
      { lifetimeS: 346, endpoint: { letter: 'L', clear: { imei: IMEI, version: 'v2.0' } } },
    ]);
  });

  test('has the default lifetime if it requests none', async () => {
    const { client, platform } = setup;
    client.send(registerRequest({ query: [`ep=${endpointName('v2.0')}`] }));
    await client.next();
    expect(platform.registrations()).toMatchObject([{ lifetimeS: 86_400 }]);
  });

  test.each([
    ['no ep', ['b=U', 'lt=300'], '4.00'],
    ['a malformed name', ['ep=nobody'], '4.00'],
    ['lt that is no number', [`ep=${endpointName('v2.0')}`, 'lt=soon'], '4.00'],
    ['lt of 0', [`ep=${endpointName('v2.0')}`, 'lt=0'], '4.00'],
    ['another key', [`ep=${endpointName('v2.0', 'wrong')}`], '4.03'],
  ])('with %s is refused', async (_why, query, code) => {
    const { client, platform } = setup;
    client.send(registerRequest({ query }));
    expect(await client.next()).toMatchObject({ type: 'ACK', code });
    expect(platform.registrations()).toEqual([]);
    expect(platform.events.at(-1)).toMatchObject({ type: 'refused', step: 'register', code });
  });

  test('that is not confirmable gets a message that is not confirmable', async () => {
    setup.client.send(registerRequest({ type: 'NON' }));
    expect(await setup.client.next()).toMatchObject({ type: 'NON', code: '2.01' });
  });

  test('with an unknown critical option is a Bad Option, with Uri-Port it is not', async () => {
    const { client } = setup;
    const plain = registerRequest();
    client.send({ ...plain, options: [...plain.options, textOption(63, 'x')] });
    expect(await client.next()).toMatchObject({ code: '4.02' });
    client.send({ ...plain, messageId: 2, options: [...plain.options, textOption(7, '\x16\x33')] });
    expect(await client.next()).toMatchObject({ code: '2.01' });
  });

  test('takes effect once, and each copy of its datagram gets the same answer', async () => {
    const { client, clock, platform } = setup;
    client.send(registerRequest());
    const first = await client.next();
    clock.advance(246_000);
    client.send(registerRequest());
    expect(await client.next()).toEqual(first);
    expect(platform.events.filter(({ type }) => type === 'registered')).toHaveLength(1);
    clock.advance(1_000);
    client.send(registerRequest());
    expect(locationOf(await client.next())).not.toBe(locationOf(first));
  });
});

describe('an update', () => {
  test('renews the lifetime, from any address', async () => {
    const { clock, platform } = setup;
    const location = await register();
    clock.advance(86_000_000);
    const other = await openCoapClient(platform.address());
    other.send(request('0.02', location, { query: [epi] }));
    expect(await other.next()).toMatchObject({ type: 'ACK', code: '2.04' });
    clock.advance(86_000_000);
    expect(platform.registrations()).toMatchObject([{ location, peer: { port: other.port } }]);
    other.close();
  });

  test('without epi is accepted, and the event has no endpoint', async () => {
    const { client, platform } = setup;
    client.send(request('0.02', await register(), { query: [] }));
    expect(await client.next()).toMatchObject({ code: '2.04' });
    expect(platform.events.at(-1)).toMatchObject({ type: 'updated', endpoint: undefined });
  });

  test.each([
    ['a malformed name', 'epi=nobody', '4.00'],
    ['another device', `epi=${endpointName('****', undefined, 'A')}`, '4.00'],
    ['another key', `epi=${endpointName('****', 'wrong')}`, '4.03'],
  ])('with %s is refused', async (_why, item, code) => {
    setup.client.send(request('0.02', await register(), { query: [item] }));
    expect(await setup.client.next()).toMatchObject({ code });
  });

  test('after the lifetime is refused; a new registration is not', async () => {
    const { client, clock, platform } = setup;
    const location = await register();
    clock.advance(86_400_001);
    for (const code of ['0.02', '0.04']) {
      client.send(request(code, location, { messageId: Number(code.at(-1)) }));
      expect(await client.next()).toMatchObject({ code: '4.04' });
      expect(platform.events.at(-1)).toMatchObject({ reason: expect.stringContaining('expired') as string });
    }
    client.send(registerRequest({ messageId: 101 }));
    expect(await client.next()).toMatchObject({ code: '2.01' });
  });
});

test('a deregistration ends the registration', async () => {
  const { client, platform } = setup;
  const location = await register();
  client.send(request('0.04', location, { messageId: 2 }));
  expect(await client.next()).toMatchObject({ code: '2.02' });
  expect(platform.registrations()).toEqual([]);
  client.send(request('0.04', location, { messageId: 3 }));
  expect(await client.next()).toMatchObject({ code: '4.04' });
});

test.each([
  ['0.02', '/rd/0123456789', '4.04'],
  ['0.02', '', '4.04'],
  ['0.01', '/rd', '4.05'],
  ['0.01', '/.well-known/core', '4.04'],
  ['0.02', '/bs', '4.04'],
])('%s %s gets %s', async (code, path, answer) => {
  setup.client.send(request(code, path));
  expect(await setup.client.next()).toMatchObject({ code: answer });
});

describe('the message layer', () => {
  test('resets a ping, a malformed message, and a response without a request', async () => {
    const { client } = setup;
    client.send(request('0.00', '', { messageId: 5, token: [] }));
    expect(await client.next()).toMatchObject({ type: 'RST', messageId: 5 });
    client.sendBytes(Uint8Array.of(0x4f, 2, 0, 6));
    expect(await client.next()).toMatchObject({ type: 'RST', messageId: 6 });
    client.send(request('2.05', '', { messageId: 7 }));
    expect(await client.next()).toMatchObject({ type: 'RST', messageId: 7 });
  });

  test('ignores malformed messages that are not confirmable', async () => {
    const { client } = setup;
    for (const bytes of [[], [0x40], [0x80, 2, 0, 1], [0x5f, 2, 0, 1], [0x70, 0, 0, 1], [0x60, 0x45, 0, 1]]) {
      client.sendBytes(Uint8Array.from(bytes));
    }
    expect(await client.drain()).toEqual([]);
  });

  test('logs every packet, stamped, decoded and escaped', async () => {
    const { client, clock, platform } = setup;
    clock.advance(5);
    client.send(request('0.02', '/rd', { payload: '\x1b[2J' }));
    await client.next();
    const [received, sent] = platform.packets.all;
    expect(received).toMatchObject({ direction: 'in', at: 5_000_000n, number: 1 });
    expect(received?.summary).toBe('CON 0.02 POST id=1 token=01020304 Uri-Path=rd payload=\\x1b[2J');
    expect(sent).toMatchObject({ direction: 'out', summary: 'ACK 4.00 Bad Request id=1 token=01020304' });
    expect(platform.packets.since(6_000_000n)).toEqual([]);
  });
});

describe('opening and closing', () => {
  test('a port in use is an error of the rig', async () => {
    const options = { credentials: [], listen: setup.platform.address() };
    await expect(openPlatform(options)).rejects.toMatchObject({ code: 'PLATFORM_LISTEN_FAILED' });
  });

  test('an invalid address is wrong usage', async () => {
    const listen = { address: 'platform\n', port: 5683 };
    await expect(openPlatform({ credentials: [], listen })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('platform') as string,
    });
  });

  test('closing ends all waits, and may be repeated', async () => {
    const { platform } = setup;
    const waiting = expect(platform.waitFor(() => true, { deadlineMs: 1_000 })).rejects.toMatchObject({
      code: 'PLATFORM_CLOSED',
    });
    await platform.close();
    await waiting;
    await platform.close();
  });
});
