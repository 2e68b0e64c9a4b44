import { type CoapClient, openCoapClient } from '../platform/coap/coap-client.fixture.ts';
import { emptyMessage, type Message } from '../platform/coap/codec.ts';
import { endpointName, registerRequest } from '../platform/lwm2m/registration.fixture.ts';
import { type PlatformChild, startPlatform } from './platform-child.fixture.ts';

/** Longer than two processes take to start on a busy machine. */
const START_MS = 30_000;

/** Started with `--read silence`; lines change that. */
let platform: PlatformChild;
let client: CoapClient;
let messageId = 100;

beforeAll(async () => {
  platform = startPlatform(['--listen', '127.0.0.1:0', '--read', 'silence']);
  client = await openCoapClient(await platform.address());
}, START_MS);

afterAll(async () => {
  client.close();
  platform.child.kill('SIGTERM');
  await platform.exit;
});

/** Registers, and answers the read with a separate response: 4.04, after which the platform reads no more. */
async function respondSeparately(): Promise<Message> {
  client.send(
    registerRequest({ query: [`ep=${endpointName('v2.0', 'Qa1xTrueKey7')}`], messageId: ++messageId }),
  );
  await client.next();
  const get = await client.next();
  expect(get).toMatchObject({ type: 'CON', code: '0.01' });
  client.send(emptyMessage('ACK', get.messageId));
  const response: Message = { ...get, code: '4.04', messageId: ++messageId, options: [] };
  client.send(response);
  return response;
}

test('--read sets the answer to a separate response', async () => {
  await respondSeparately();
  expect(await client.drain()).toEqual([]);
});

test.each<[string, string[]]>([
  ['normal', ['ACK']],
  ['silence', []],
  ['reset', ['RST']],
  ['twice', ['ACK', 'ACK']],
])('a line changes it: read %s', async (answer, types) => {
  await platform.type(`read ${answer}`, `read: ${answer}, until changed`);
  const response = await respondSeparately();
  const seen = await client.drain();
  expect(seen.map(({ type }) => type)).toEqual(types);
  expect(seen.every((one) => one.code === '0.00' && one.messageId === response.messageId)).toBe(true);
});

test('a line changes it: read delay, for one response only', async () => {
  await platform.type('read silence', 'read: silence');
  await platform.type('read delay=400*1', 'read: delay=400, for the next 1');
  const before = performance.now();
  const response = await respondSeparately();
  expect(await client.drain()).toEqual([]);
  expect(await client.next()).toMatchObject({ type: 'ACK', messageId: response.messageId });
  expect(performance.now() - before).toBeGreaterThanOrEqual(399);
  await respondSeparately();
  expect(await client.drain()).toEqual([]);
});

test('rules restores the answer to a read, too', async () => {
  await platform.type('read reset', 'read: reset');
  await platform.type('rules', 'every step by the rules');
  await respondSeparately();
  expect((await client.drain()).map(({ type }) => type)).toEqual(['ACK']);
});
