import { createSocket } from 'node:dgram';
import { once } from 'node:events';

import { request } from './coap/coap-client.fixture.ts';
import { decode, encode } from './coap/codec.ts';
import { below, type Random, randomBytes } from './coap/random.ts';
import { seededRandom } from './coap/seeded-random.ts';
import { endpointName, IMEI, PASSWORD, registerRequest } from './lwm2m/registration.fixture.ts';
import { MAX_REGISTRATIONS } from './lwm2m/registry.ts';
import { openPlatformWithClient, type PlatformWithClient } from './platform-with-client.fixture.ts';

const SEED = 20_260;
const COUNT = 10_000;
/** How many datagrams are sent between two pings of the platform: fewer than a socket buffers. */
const BATCH = 50;

let setup: PlatformWithClient;
beforeEach(async () => {
  // The listener reads each summary, as trace and terminal do in a run.
  setup = await openPlatformWithClient({ onPacket: ({ summary }) => expectPrintable(summary) });
});
afterEach(() => setup.close());

function expectPrintable(summary: string): void {
  if (!/^[\x20-\x7e…]{1,10000}$/.test(summary)) throw new Error(`not printable: ${JSON.stringify(summary)}`);
}

const random = seededRandom(SEED);
const valid = [
  encode(registerRequest()),
  encode(request('0.02', '/rd/0123456789', { query: [`epi=${endpointName('****')}`] })),
  encode(request('0.04', '/rd/0123456789')),
  encode({ ...request('2.05', '', { payload: 'fGa51chM15tBqhOApNqTYA==' }), type: 'ACK' }),
];

/** A valid datagram with one to four changes: bits flipped, bytes removed, inserted or cut off. */
function mutated(from: Uint8Array, draw: Random): Uint8Array {
  let bytes = [...from];
  for (let change = 0; change <= below(draw, 4); change++) {
    const at = below(draw, bytes.length + 1);
    const changes = [
      () => (bytes[at] = (bytes[at] ?? 0) ^ (1 << below(draw, 8))),
      () => bytes.splice(at, 1 + below(draw, 4)),
      () => bytes.splice(at, 0, ...randomBytes(draw, 1 + below(draw, 4))),
      () => (bytes = bytes.slice(0, at)),
    ];
    changes[below(draw, changes.length)]!();
  }
  return Uint8Array.from(bytes);
}

const makers: Record<string, () => Uint8Array> = {
  'random datagrams': () => randomBytes(random, below(random, 400)),
  'mutations of valid ones': () => mutated(valid[below(random, valid.length)]!, random),
};

test.each(Object.keys(makers))(
  `${COUNT} %s leave the platform answering (seed ${SEED})`,
  async (kind) => {
    const { platform } = setup;
    const { address, port } = platform.address();
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    let answers = 0;
    const pinged = (): Promise<void> =>
      new Promise((resolve) => {
        const onMessage = (bytes: Uint8Array): void => {
          answers++;
          const decoded = decode(bytes);
          if (!('message' in decoded) || decoded.message.messageId !== 0xfffe) return;
          if (decoded.message.type !== 'RST') return;
          socket.off('message', onMessage);
          resolve();
        };
        socket.on('message', onMessage);
        socket.send(Uint8Array.of(0x40, 0, 0xff, 0xfe), port, address);
      });
    for (let sent = 0; sent < COUNT; sent += BATCH) {
      for (let one = 0; one < BATCH; one++) socket.send(makers[kind]!(), port, address);
      await pinged();
    }
    const received = platform.packets.total - answers;
    socket.close();
    expect(received).toBeGreaterThanOrEqual(COUNT);
    const { client } = setup;
    client.send(registerRequest());
    expect(await client.next()).toMatchObject({ code: '2.01' });
  },
  60_000,
);

test('the longest possible datagram is reset, and only its beginning is logged', async () => {
  const { client, platform } = setup;
  client.sendBytes(Buffer.concat([Uint8Array.of(0x40, 2, 0, 9), Buffer.alloc(65_503)]));
  expect(await client.next()).toMatchObject({ type: 'RST', messageId: 9 });
  expect(platform.packets.all[0]).toMatchObject({ length: 65_507 });
  expect(platform.packets.all[0]?.bytes.length).toBeLessThan(10_000);
  // Nor is the rest kept behind a view of it.
  expect(platform.packets.all[0]?.bytes.buffer.byteLength).toBeLessThan(10_000);
});

test('a flood of strangers costs few registrations and readings, and not the module’s', async () => {
  const flooded = await openPlatformWithClient({
    imei: IMEI,
    readOnRegistration: [6602],
  });
  const { client, platform, clock } = flooded;
  client.send(registerRequest());
  for (let n = 1; n <= 2 * MAX_REGISTRATIONS; n++) {
    const name = endpointName('v2.0', PASSWORD, 'I', String(100_000_000_000_000 + n));
    client.send(registerRequest({ query: [`ep=${name}`], messageId: n + 10 }));
  }
  await client.drain();
  const live = platform.registrations();
  expect(live).toHaveLength(MAX_REGISTRATIONS);
  expect(live[0]?.endpoint.identity.imei1).toBe(IMEI);
  const { total } = platform.packets;
  // Each reading that is under way is repeated once by now (RFC 7252 §4.2: 2 s to 3 s).
  clock.advance(3_000);
  expect(platform.packets.total - total).toBe(MAX_REGISTRATIONS);
  await flooded.close();
});
