import { locationOf, registerRequest, request } from './coap/coap-client.fixture.ts';
import { emptyMessage } from './coap/codec.ts';
import { openTestBench, type TestBench } from './platform-with-client.fixture.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await openTestBench();
});
afterEach(() => bench.close());

const registered = (): number => bench.platform.registrations().length;

describe('by the script, a registration', () => {
  test('gets a code, and is not registered', async () => {
    bench.platform.answerRegister.always({ how: 'piggybacked', code: '4.03' });
    bench.client.send(registerRequest());
    expect(await bench.client.next()).toMatchObject({ code: '4.03', options: [] });
    expect(registered()).toBe(0);
    expect(bench.platform.events.at(-1)).toMatchObject({ type: 'refused', reason: 'by the script' });
  });

  test('gets silence, retransmissions included', async () => {
    bench.platform.answerRegister.times(1, { how: 'silence' });
    bench.client.send(registerRequest());
    bench.client.send(registerRequest());
    expect(await bench.client.settled()).toEqual([]);
    expect(registered()).toBe(0);
    expect(bench.platform.events.at(-1)).toMatchObject({ type: 'unanswered', how: 'silence' });
    bench.client.send(registerRequest({ messageId: 2 }));
    expect(await bench.client.next()).toMatchObject({ code: '2.01' });
  });

  test('gets an empty ACK and nothing more, each time it comes', async () => {
    bench.platform.answerRegister.always({ how: 'empty-ack' });
    bench.client.send(registerRequest());
    bench.client.send(registerRequest());
    const empty = expect.objectContaining({ type: 'ACK', code: '0.00', messageId: 1 }) as object;
    expect(await bench.client.settled()).toEqual([empty, empty]);
    expect(registered()).toBe(0);
  });

  test('gets a Reset', async () => {
    bench.platform.answerRegister.always({ how: 'reset' });
    bench.client.send(registerRequest());
    expect(await bench.client.next()).toMatchObject({ type: 'RST', messageId: 1 });
  });

  test('gets its answer after a delay; its copies get nothing before', async () => {
    const { client, clock, platform } = bench;
    platform.answerRegister.always({ how: 'piggybacked', delayMs: 500 });
    client.send(registerRequest());
    client.send(registerRequest());
    expect(await client.settled()).toEqual([]);
    clock.advance(499);
    expect(registered()).toBe(0);
    clock.advance(1);
    const [first, ...rest] = await client.settled();
    expect(first).toMatchObject({ type: 'ACK', code: '2.01' });
    expect(rest).toEqual([]);
    client.send(registerRequest());
    expect(await client.next()).toEqual(first);
  });

  test('gets a wrong token, and is not registered', async () => {
    bench.platform.answerRegister.always({ how: 'piggybacked', token: 'wrong' });
    bench.client.send(registerRequest({ token: [1, 2] }));
    const response = await bench.client.next();
    expect(response).toMatchObject({ type: 'ACK', code: '2.01', messageId: 1 });
    expect([...response.token]).toEqual([0xfe, 0xfd]);
    expect(registered()).toBe(0);
    expect(bench.platform.events.at(-1)).toMatchObject({ type: 'unanswered', how: 'wrong-token' });
  });

  test('gets its answer twice', async () => {
    bench.platform.answerRegister.always({ how: 'piggybacked', copies: 2 });
    bench.client.send(registerRequest());
    const answers = await bench.client.settled();
    expect(answers).toHaveLength(2);
    expect(answers[0]).toEqual(answers[1]);
    expect(registered()).toBe(1);
  });

  test('gets a separate response, repeated until it is acknowledged', async () => {
    const { client, clock, platform } = bench;
    platform.answerRegister.always({ how: 'separate', delayMs: 100 });
    client.send(registerRequest());
    expect(await client.settled()).toMatchObject([{ type: 'ACK', code: '0.00', messageId: 1 }]);
    clock.advance(100);
    const response = await client.next();
    expect(response).toMatchObject({ type: 'CON', code: '2.01' });
    expect([...response.token]).toEqual([1, 2, 3, 4]);
    clock.advance(3_000);
    expect(await client.next()).toEqual(response);
    client.send(emptyMessage('ACK', response.messageId));
    await client.settled();
    clock.advance(100_000);
    expect(await client.settled()).toEqual([]);
    expect(registered()).toBe(1);
  });

  test('a separate response that is reset is not repeated', async () => {
    const { client, clock, platform } = bench;
    platform.answerRegister.always({ how: 'separate', code: '5.03' });
    client.send(registerRequest());
    await client.next();
    const response = await client.next();
    expect(response).toMatchObject({ type: 'CON', code: '5.03' });
    client.send(emptyMessage('RST', response.messageId));
    await client.settled();
    clock.advance(100_000);
    expect(await client.settled()).toEqual([]);
  });
});

test('each step has a script of its own, and goes back to the rules', async () => {
  const { client, platform } = bench;
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
  bench.platform.answerRegister.always({ how: 'piggybacked', code: '2.01' });
  bench.client.send(registerRequest({ query: ['ep=nobody'] }));
  expect(await bench.client.next()).toMatchObject({ code: '2.01', options: [] });
  expect(registered()).toBe(0);
});

test('closing ends delayed answers', async () => {
  const { client, clock, platform } = bench;
  platform.answerRegister.always({ how: 'piggybacked', delayMs: 500 });
  client.send(registerRequest());
  await client.settled();
  await platform.close();
  clock.advance(1_000);
  expect(platform.events.map(({ type }) => type)).toEqual(['requested']);
});
