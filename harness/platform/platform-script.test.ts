import { request } from './coap/coap-client.fixture.ts';
import { emptyMessage } from './coap/codec.ts';
import { locationOf, registerRequest } from './lwm2m/registration.fixture.ts';
import { openPlatformWithClient, type PlatformWithClient } from './platform-with-client.fixture.ts';

let setup: PlatformWithClient;
beforeEach(async () => {
  setup = await openPlatformWithClient();
});
afterEach(() => setup.close());

const registered = (): number => setup.platform.registrations().length;

describe('by the script, a registration', () => {
  test('gets a code, and no registration', async () => {
    setup.platform.answerRegister.always({ how: 'piggybacked', code: '4.03' });
    setup.client.send(registerRequest());
    expect(await setup.client.next()).toMatchObject({ code: '4.03', options: [] });
    expect(registered()).toBe(0);
    expect(setup.platform.events.at(-1)).toMatchObject({ type: 'refused', reason: 'by the script' });
  });

  test('gets silence, and so do its retransmissions', async () => {
    setup.platform.answerRegister.times(1, { how: 'silence' });
    setup.client.send(registerRequest());
    setup.client.send(registerRequest());
    expect(await setup.client.drain()).toEqual([]);
    expect(registered()).toBe(0);
    expect(setup.platform.events.at(-1)).toMatchObject({ type: 'unanswered', how: 'silence' });
    setup.client.send(registerRequest({ messageId: 2 }));
    expect(await setup.client.next()).toMatchObject({ code: '2.01' });
  });

  test('gets an empty ACK and nothing more, and so does each copy', async () => {
    setup.platform.answerRegister.always({ how: 'empty-ack' });
    setup.client.send(registerRequest());
    setup.client.send(registerRequest());
    const empty = expect.objectContaining({ type: 'ACK', code: '0.00', messageId: 1 }) as object;
    expect(await setup.client.drain()).toEqual([empty, empty]);
    expect(registered()).toBe(0);
  });

  test('gets a Reset', async () => {
    setup.platform.answerRegister.always({ how: 'reset' });
    setup.client.send(registerRequest());
    expect(await setup.client.next()).toMatchObject({ type: 'RST', messageId: 1 });
  });

  test('gets its answer after a delay, and its copies get nothing before', async () => {
    const { client, clock, platform } = setup;
    platform.answerRegister.always({ how: 'piggybacked', delayMs: 500 });
    client.send(registerRequest());
    client.send(registerRequest());
    expect(await client.drain()).toEqual([]);
    clock.advance(499);
    expect(registered()).toBe(0);
    clock.advance(1);
    const [first, ...rest] = await client.drain();
    expect(first).toMatchObject({ type: 'ACK', code: '2.01' });
    expect(rest).toEqual([]);
    client.send(registerRequest());
    expect(await client.next()).toEqual(first);
  });

  test('gets a wrong token, and no registration', async () => {
    setup.platform.answerRegister.always({ how: 'piggybacked', token: 'wrong' });
    setup.client.send(registerRequest({ token: [1, 2] }));
    const response = await setup.client.next();
    expect(response).toMatchObject({ type: 'ACK', code: '2.01', messageId: 1 });
    expect([...response.token]).toEqual([0xfe, 0xfd]);
    expect(registered()).toBe(0);
    expect(setup.platform.events.at(-1)).toMatchObject({ type: 'unanswered', how: 'wrong-token' });
  });

  test('gets its answer twice', async () => {
    setup.platform.answerRegister.always({ how: 'piggybacked', copies: 2 });
    setup.client.send(registerRequest());
    const answers = await setup.client.drain();
    expect(answers).toHaveLength(2);
    expect(answers[0]).toEqual(answers[1]);
    expect(registered()).toBe(1);
  });

  test('gets a separate response, repeated until it is acknowledged', async () => {
    const { client, clock, platform } = setup;
    platform.answerRegister.always({ how: 'separate', delayMs: 100 });
    client.send(registerRequest());
    expect(await client.drain()).toMatchObject([{ type: 'ACK', code: '0.00', messageId: 1 }]);
    clock.advance(100);
    const response = await client.next();
    expect(response).toMatchObject({ type: 'CON', code: '2.01' });
    expect([...response.token]).toEqual([1, 2, 3, 4]);
    clock.advance(3_000);
    expect(await client.next()).toEqual(response);
    client.send(emptyMessage('ACK', response.messageId));
    await client.drain();
    clock.advance(100_000);
    expect(await client.drain()).toEqual([]);
    expect(registered()).toBe(1);
  });

  test('a separate response that is reset is not repeated', async () => {
    const { client, clock, platform } = setup;
    platform.answerRegister.always({ how: 'separate', code: '5.03' });
    client.send(registerRequest());
    await client.next();
    const response = await client.next();
    expect(response).toMatchObject({ type: 'CON', code: '5.03' });
    client.send(emptyMessage('RST', response.messageId));
    await client.drain();
    clock.advance(100_000);
    expect(await client.drain()).toEqual([]);
  });
});

test('each step has a script of its own, and goes back to the rules', async () => {
  const { client, platform } = setup;
  platform.answerUpdate.times(1, { how: 'piggybacked', code: '4.04' });
  platform.answerDeregister.times(1, { how: 'piggybacked', code: '4.00' });
  client.send(registerRequest());
  const location = locationOf(await client.next());
  const codes: string[] = [];
  for (const [messageId, code] of [
    [2, '0.02'],
    [3, '0.02'],
    [4, '0.04'],
    [5, '0.04'],
  ] as const) {
    client.send(request(code, location, { messageId }));
    codes.push((await client.next()).code);
  }
  expect(codes).toEqual(['4.04', '2.04', '4.00', '2.02']);
});

test('a script cannot register what the rules refuse', async () => {
  setup.platform.answerRegister.always({ how: 'piggybacked', code: '2.01' });
  setup.client.send(registerRequest({ query: ['ep=nobody'] }));
  expect(await setup.client.next()).toMatchObject({ code: '2.01', options: [] });
  expect(registered()).toBe(0);
});

test('closing ends delayed answers', async () => {
  const { client, clock, platform } = setup;
  platform.answerRegister.always({ how: 'piggybacked', delayMs: 500 });
  client.send(registerRequest());
  await client.drain();
  await platform.close();
  clock.advance(1_000);
  expect(platform.events.map(({ type }) => type)).toEqual(['requested']);
});
