import { request } from './coap/coap-client.fixture.ts';
import { emptyMessage, type Message } from './coap/codec.ts';
import { option, textOption, textsOf } from './coap/options.ts';
import { PASSWORD, registerRequest } from './lwm2m/registration.fixture.ts';
import { encrypt, keysOf } from './lwm2m/secret.ts';
import { openPlatformWithClient, type PlatformWithClient } from './platform-with-client.fixture.ts';

let setup: PlatformWithClient;
beforeEach(async () => {
  setup = await openPlatformWithClient({ readOnRegistration: [6602, 6603, 6604] });
});
afterEach(() => setup.close());

const value = (text: string): Buffer => Buffer.from(encrypt(keysOf(PASSWORD)[0]!, text));
const answerTo = (get: Message, code: string, payload: Uint8Array = new Uint8Array()): Message => ({
  type: 'ACK',
  code,
  messageId: get.messageId,
  token: get.token,
  options: [],
  payload,
});
const pathOf = ({ options }: Message): string => textsOf(options, option.uriPath).join('/');

async function registerAndAwaitGet(): Promise<Message> {
  setup.client.send(registerRequest());
  expect(await setup.client.next()).toMatchObject({ code: '2.01' });
  return setup.client.next();
}

describe('after a registration', () => {
  test('the resources are read one by one, from the socket that registered', async () => {
    const { client, platform } = setup;
    let get = await registerAndAwaitGet();
    for (const [path, text] of [
      ['666/0/6602', 'Alipay,1.0'],
      ['666/0/6603', 'NULL'],
      ['666/0/6604', '8GB'],
    ]) {
      expect(get).toMatchObject({ type: 'CON', code: '0.01' });
      expect(pathOf(get)).toBe(path);
      const last = platform.last;
      client.send(answerTo(get, '2.05', value(text!)));
      await platform.waitFor(({ type }) => type === 'read', { deadlineMs: 1_000, after: last });
      if (path !== '666/0/6604') get = await client.next();
    }
    expect(await client.drain()).toEqual([]);
    expect(platform.events.filter(({ type }) => type === 'read')).toMatchObject([
      { resource: 6602, result: { outcome: 'value', text: 'Alipay,1.0' } },
      { resource: 6603, result: { outcome: 'value', text: 'NULL' } },
      { resource: 6604, result: { outcome: 'value', text: '8GB' } },
    ]);
  });

  test('a client without the object gets one GET only', async () => {
    const { client, platform } = setup;
    client.send(answerTo(await registerAndAwaitGet(), '4.04'));
    await platform.waitFor(({ type }) => type === 'read', { deadlineMs: 1_000, after: 0 });
    expect(await client.drain()).toEqual([]);
    expect(platform.events.at(-1)).toMatchObject({ result: { outcome: 'refused', code: '4.04' } });
  });

  test('a client that does not answer gets the GET five times, then no more', async () => {
    const { client, clock, platform } = setup;
    const get = await registerAndAwaitGet();
    clock.advance(93_000);
    const repeats = await client.drain();
    expect(repeats).toEqual([get, get, get, get]);
    await platform.waitFor(({ type }) => type === 'read', { deadlineMs: 1_000, after: 0 });
    expect(platform.events.at(-1)).toMatchObject({ result: { outcome: 'silent' } });
    clock.advance(1_000_000);
    expect(await client.drain()).toEqual([]);
  });

  test('a device that deregisters gets no more GETs', async () => {
    const { client, clock, platform } = setup;
    await registerAndAwaitGet();
    client.send(request('0.04', platform.registrations()[0]!.location, { messageId: 2 }));
    expect(await client.next()).toMatchObject({ code: '2.02' });
    clock.advance(1_000_000);
    expect(await client.drain()).toEqual([]);
  });

  test('a device that has restarted gets no more GETs, and no event reports a missing answer', async () => {
    const { client, clock, platform } = setup;
    await registerAndAwaitGet();
    platform.stopReading();
    clock.advance(1_000_000);
    expect(await client.drain()).toEqual([]);
    expect(platform.events.map(({ type }) => type)).toEqual(['requested', 'registered']);
  });

  describe('an answer that comes when nothing is read any more', () => {
    const late = async (answerOf: (get: Message) => Message) => {
      const { client, platform } = setup;
      const get = await registerAndAwaitGet();
      platform.stopReading();
      const before = platform.packets.total;
      client.send(answerOf(get));
      await client.drain();
      const answer = platform.packets.all.find(({ number }) => number === before + 1);
      expect(answer?.direction).toBe('in');
      return { get, asked: answer && platform.packets.answeredBy(answer) };
    };

    test.each([
      ['a piggybacked response', (get: Message) => answerTo(get, '2.05', value('8GB'))],
      ['an empty acknowledgement', (get: Message) => emptyMessage('ACK', get.messageId)],
      ['a reset', (get: Message) => emptyMessage('RST', get.messageId)],
      [
        'a response of its own',
        (get: Message): Message => ({ ...answerTo(get, '2.05'), type: 'CON', messageId: get.messageId + 9 }),
      ],
    ])('is told from what nobody asked for: %s', async (_name, answerOf) => {
      const { get, asked } = await late(answerOf);
      expect(asked?.summary).toContain(`CON 0.01 GET id=${get.messageId}`);
      expect(setup.platform.events.map(({ type }) => type)).toEqual(['requested', 'registered']);
    });

    test.each([
      ['an acknowledgement of nothing', (get: Message) => emptyMessage('ACK', get.messageId ^ 1)],
      [
        'a response to another token',
        (get: Message): Message => ({ ...answerTo(get, '2.05'), type: 'NON', token: Uint8Array.of(1) }),
      ],
      ['a ping', (get: Message): Message => ({ ...emptyMessage('RST', get.messageId), type: 'CON' })],
    ])('is none: %s', async (_name, answerOf) => {
      expect((await late(answerOf)).asked).toBeUndefined();
    });
  });
});

describe('reading on request', () => {
  beforeEach(async () => {
    await setup.close();
    setup = await openPlatformWithClient();
    setup.client.send(registerRequest());
    await setup.client.next();
  });
  const read = (options?: { deadlineMs?: number; signal?: AbortSignal }) =>
    setup.platform.read(setup.platform.registrations()[0]!, 6614, options);

  test('a separate response is taken and acknowledged, and so are its copies', async () => {
    const { client, clock } = setup;
    const reading = read();
    const get = await client.next();
    client.send(emptyMessage('ACK', get.messageId));
    await client.drain();
    clock.advance(50_000);
    expect(await client.drain()).toEqual([]);
    const response: Message = { ...answerTo(get, '2.05', value('here')), type: 'CON', messageId: 500 };
    client.send(response);
    client.send(response);
    const acknowledgement = expect.objectContaining({ type: 'ACK', code: '0.00', messageId: 500 }) as object;
    expect(await client.drain()).toEqual([acknowledgement, acknowledgement]);
    await expect(reading).resolves.toMatchObject({ outcome: 'value', text: 'here' });
  });

  test.each([
    [{ how: 'silence' } as const, []],
    [{ how: 'reset' } as const, ['RST']],
    [{ how: 'acknowledge', copies: 2 } as const, ['ACK', 'ACK']],
  ])('by the script, a separate response gets %j', async (answer, types) => {
    const { client, platform } = setup;
    platform.answerRead.always(answer);
    const reading = read();
    const get = await client.next();
    client.send({ ...answerTo(get, '2.05', value('here')), type: 'CON', messageId: 500 });
    expect((await client.drain()).map(({ type }) => type)).toEqual(types);
    await expect(reading).resolves.toMatchObject({ outcome: 'value' });
  });

  test('an answer with another token or message id is ignored', async () => {
    const { client, clock } = setup;
    const reading = read({ deadlineMs: 10_000 });
    const get = await client.next();
    client.send({ ...answerTo(get, '2.05', value('x')), token: Uint8Array.of(1) });
    client.send({ ...answerTo(get, '2.05', value('x')), messageId: get.messageId ^ 1 });
    await client.drain();
    clock.advance(10_000);
    await expect(reading).resolves.toEqual({ outcome: 'silent' });
  });

  test.each<[string, Message['type'], readonly string[]]>([
    ['in an ACK is ignored', 'ACK', []],
    ['that is confirmable is reset', 'CON', ['RST']],
    ['that is not confirmable is ignored', 'NON', []],
  ])('a response %s if it has an unknown critical option (RFC 7252 §5.4.1)', async (_what, type, types) => {
    const { client } = setup;
    const reading = read();
    const get = await client.next();
    const messageId = type === 'ACK' ? get.messageId : 500;
    client.send({ ...answerTo(get, '2.05', value('x')), type, messageId, options: [textOption(63, 'x')] });
    expect((await client.drain()).map((message) => message.type)).toEqual(types);
    await expect(reading).resolves.toMatchObject({
      outcome: 'malformed',
      reason: expect.stringContaining('option 63') as string,
    });
  });

  test('ends by a Reset', async () => {
    const reading = read();
    setup.client.send(emptyMessage('RST', (await setup.client.next()).messageId));
    await expect(reading).resolves.toEqual({ outcome: 'reset' });
  });

  test('ends by its signal, and when the platform is closed', async () => {
    const controller = new AbortController();
    const first = expect(read({ signal: controller.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    controller.abort();
    await first;
    const second = expect(read()).rejects.toMatchObject({ code: 'PLATFORM_CLOSED' });
    await setup.platform.close();
    await second;
    await expect(read()).rejects.toMatchObject({ code: 'PLATFORM_CLOSED' });
  });
});
