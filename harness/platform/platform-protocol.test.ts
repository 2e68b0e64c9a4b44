import { request } from './coap/coap-client.fixture.ts';
import { encode, MAX_DATAGRAM, type Message } from './coap/codec.ts';
import { type CoapOption, option, textOption, uintOf, uintOption } from './coap/options.ts';
import { locationOf, registerRequest } from './lwm2m/registration.fixture.ts';
import { openPlatformWithClient, type PlatformWithClient } from './platform-with-client.fixture.ts';

let setup: PlatformWithClient;
beforeEach(async () => {
  setup = await openPlatformWithClient();
});
afterEach(() => setup.close());

/** Sends a registration with a further option; returns the answer. */
async function registerWith(further: CoapOption, details: Partial<Message> = {}): Promise<Message> {
  const plain = registerRequest();
  setup.client.send({ ...plain, ...details, options: [...plain.options, further] });
  return setup.client.next();
}

describe('a request for a proxy', () => {
  test.each([
    ['Proxy-Uri', textOption(35, 'coap://192.0.2.1/rd')],
    ['Proxy-Scheme', textOption(39, 'coap')],
  ])('with %s gets 5.05 (RFC 7252 §5.10.2), confirmable or not', async (_name, further) => {
    expect(await registerWith(further)).toMatchObject({ type: 'ACK', code: '5.05' });
    expect(await registerWith(further, { type: 'NON', messageId: 2 })).toMatchObject({
      type: 'NON',
      code: '5.05',
    });
    expect(setup.platform.registrations()).toEqual([]);
    expect(setup.platform.events.at(-1)).toMatchObject({ type: 'refused', code: '5.05' });
  });

  test.each([
    ['an empty Proxy-Uri', textOption(35, '')],
    ['a Proxy-Uri of 1,035 bytes', textOption(35, 'x'.repeat(1_035))],
    ['a Proxy-Scheme of 256 bytes', textOption(39, 'x'.repeat(256))],
  ])('with %s gets 4.02: its length is wrong (§5.4.3)', async (_what, further) => {
    expect(await registerWith(further)).toMatchObject({ code: '4.02' });
  });
});

test('an empty Uri-Host gets 4.02 (RFC 7252 §5.4.3), one of a byte does not', async () => {
  expect(await registerWith(textOption(option.uriHost, ''))).toMatchObject({ code: '4.02' });
  expect(await registerWith(textOption(option.uriHost, 'a'), { messageId: 2 })).toMatchObject({
    code: '2.01',
  });
});

test('a copy of a non-confirmable request gets no second answer (RFC 7252 §4.5)', async () => {
  const { client, platform } = setup;
  client.send(registerRequest({ type: 'NON' }));
  expect(await client.next()).toMatchObject({ type: 'NON', code: '2.01' });
  client.send(registerRequest({ type: 'NON' }));
  expect(await client.drain()).toEqual([]);
  expect(platform.registrations()).toHaveLength(1);
});

describe('a block option with the reserved size exponent 7 (RFC 7959 §2.2)', () => {
  test.each([
    ['Block2', 23],
    ['Block1', 27],
  ])('%s gets 4.00', async (_name, number) => {
    expect(await registerWith(uintOption(number, 7))).toMatchObject({ code: '4.00' });
    expect(await registerWith(uintOption(number, 2), { messageId: 2 })).toMatchObject({ code: '4.02' });
  });
});

test('another method than POST and DELETE on a registration gets 4.05 while it lives', async () => {
  const { client, clock } = setup;
  client.send(registerRequest());
  const location = locationOf(await client.next());
  for (const [messageId, code] of [
    [2, '0.01'],
    [3, '0.03'],
  ] as const) {
    client.send(request(code, location, { messageId }));
    expect(await client.next()).toMatchObject({ code: '4.05' });
  }
  clock.advance(86_400_001);
  client.send(request('0.01', location, { messageId: 4 }));
  expect(await client.next()).toMatchObject({ code: '4.04' });
});

describe('a body that is too large', () => {
  const tooLarge = (details: Partial<Message> = {}) =>
    Buffer.concat([encode({ ...registerRequest(), ...details }), Buffer.alloc(MAX_DATAGRAM, 'x')]);

  test('gets 4.13 with the size that is allowed (RFC 7252 §5.9.2.9), its copy the same', async () => {
    const { client, platform } = setup;
    client.sendBytes(tooLarge());
    const response = await client.next();
    expect(response).toMatchObject({ type: 'ACK', code: '4.13', messageId: 1 });
    expect([...response.token]).toEqual([1, 2, 3, 4]);
    expect(uintOf(response.options, option.size1)).toBe(1_024);
    expect(platform.registrations()).toEqual([]);
    expect(platform.events).toMatchObject([
      { type: 'requested', request: { step: 'register', messageId: 1 } },
      { type: 'refused', step: 'register', code: '4.13' },
    ]);
    client.sendBytes(tooLarge());
    expect(await client.next()).toEqual(response);
    expect(platform.events).toHaveLength(2);
  });

  test('is answered like any other: non-confirmable, or for a wrong option', async () => {
    const { client } = setup;
    client.sendBytes(tooLarge({ type: 'NON', messageId: 2 }));
    expect(await client.next()).toMatchObject({ type: 'NON', code: '4.13' });
    client.sendBytes(tooLarge({ messageId: 3, options: [textOption(63, 'x')] }));
    expect(await client.next()).toMatchObject({ type: 'ACK', code: '4.02' });
  });

  test('of a response is none: the message is reset', async () => {
    const { client, platform } = setup;
    client.sendBytes(tooLarge({ code: '2.05', messageId: 4 }));
    expect(await client.next()).toMatchObject({ type: 'RST', messageId: 4 });
    expect(platform.packets.all[0]?.summary).toMatch(/^malformed \(\d+ bytes\)/);
  });
});
