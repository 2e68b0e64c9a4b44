import { execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { acceptAll } from './client-on-air.fixture.ts';
import { type JoinedModule, joinModule } from './joined-module.fixture.ts';
import { tlvResource } from './tlv.ts';
import { LIMIT_MS, openUdpServer } from './udp-server.fixture.ts';

/** libcoap: an independent server and client. */
const SERVER = 'coap-rd-notls';
const CLIENT = 'coap-client-notls';
/** Network time runs this many times faster. */
const FACTOR = 200;

const installed = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));

/** Without the program the test is skipped with the reason; in CI it fails. */
function testWith(program: string, name: string, body: () => Promise<void>): void {
  if (installed(program) || process.env['CI'] === 'true') test(name, body, 4 * LIMIT_MS);
  else test.skip(`${name} (skipped: ${program} is missing, apt-get install libcoap3-bin)`, body);
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  const closed = once(socket, 'close');
  socket.close();
  await closed;
  return port;
}

testWith(SERVER, "libcoap's directory takes the registration, knows the location, and lets go", async () => {
  const port = await freePort();
  const directory = spawn(SERVER, ['-A', '127.0.0.1', '-p', String(port), '-v', '7'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(directory, 'close');
  let log = '';
  for (const stream of [directory.stdout, directory.stderr]) {
    stream.setEncoding('latin1').on('data', (text: string) => (log += text));
  }
  /** Settles once the log of the directory matches. */
  const logged = async (pattern: RegExp): Promise<RegExpExecArray> => {
    const signal = AbortSignal.timeout(LIMIT_MS);
    for (;;) {
      const match = pattern.exec(log);
      if (match) return match;
      await Promise.race(
        [directory.stdout, directory.stderr].map((stream) => once(stream, 'data', { signal })),
      );
    }
  };
  // If the directory does not listen yet, the retransmission reaches it 60 s (0.3 s of real time) later.
  const joined = joinModule(port, FACTOR, { settings: { updates: 'suppressed', coapTimeoutS: '60' } });
  try {
    const [, query, payload] = await logged(/c:POST .* Uri-Path:rd, .*?Uri-Query:(ep=.*) \] :: '(.*)'/);
    const [, id, location] = await logged(
      /t:ACK c:2\.01 i:([0-9a-f]{4}) .*Location-Path:rd, Location-Path:(\S+) /,
    );
    expect(query).toMatch(
      /^ep=I@#@[A-Za-z0-9+/=]+@#@M100000089@#@863703030822519@#@v2\.0, Uri-Query:b=U, Uri-Query:lt=300$/,
    );
    expect(payload).toBe('</>;rt="oma.lwm2m",</0/0>,</666/0>');
    expect(log).toMatch(new RegExp(`t:CON c:POST i:${id} .*Content-Format:application/link-format`));
    await joined.waitForState(6);
    await joined.waitForState(9);
    // libcoap 4.3.1 frees the resource twice and aborts before it answers 2.02.
    await logged(new RegExp(`c:DELETE .*Uri-Path:rd, Uri-Path:${location} \\]`));
  } finally {
    joined.leave();
    directory.kill();
    await exited;
  }
});

testWith(
  SERVER,
  "libcoap's directory refuses the update, which it does not support: 12, and a new registration",
  async () => {
    const port = await freePort();
    const directory = spawn(SERVER, ['-A', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const exited = once(directory, 'close');
    const joined = joinModule(port, FACTOR, { settings: { updatePercent: '10', coapTimeoutS: '60' } });
    try {
      await joined.waitForState(12);
      expect(joined.states.map(([, state]) => state)).toEqual([4, 6, 12]);
    } finally {
      joined.leave();
      directory.kill();
      await exited;
    }
  },
);

describe("libcoap's client reads object 666", () => {
  const long = 'x'.repeat(255);
  const commands = [`AT+QDMPCFGEX=0,0,"${long}"`, `AT+QDMPCFGEX=5,0,"${long}"`];

  /** The bytes it has read, all blocks joined. */
  async function read(
    location: string,
    args: readonly string[],
  ): Promise<{ bytes: Buffer; joined: JoinedModule }> {
    const server = await openUdpServer(acceptAll);
    const joined = joinModule(server.port, FACTOR, { commands, periodS: 86_400 });
    const dir = mkdtempSync(path.join(os.tmpdir(), 'emulator-peer-'));
    try {
      await joined.waitForState(6);
      const { port } = server.received[0]!;
      // The module accepts messages of its server alone, so libcoap takes the server's place. The period is long,
      // so that no update is due meanwhile.
      await server.close();
      const file = path.join(dir, 'payload');
      const place = ['-a', '127.0.0.1', '-p', String(server.port), `coap://127.0.0.1:${port}/${location}`];
      await promisify(execFile)(CLIENT, ['-B', '15', '-o', file, ...args, ...place], {
        timeout: 2 * LIMIT_MS,
      });
      return { bytes: readFileSync(file), joined };
    } finally {
      joined.leave();
      rmSync(dir, { recursive: true, force: true });
    }
  }

  testWith(CLIENT, 'one value as text', async () => {
    const { bytes, joined } = await read('666/0/6602', []);
    expect(bytes.toString('latin1')).toBe(joined.layer.clientPlan().encrypt(long));
  });

  for (const [name, args] of [
    ['the whole as TLV, in blocks', ['-A', '11542']],
    ['the whole in smaller blocks', ['-b', '64']],
  ] as const) {
    testWith(CLIENT, name, async () => {
      const { bytes, joined } = await read('666/0', args);
      const { deviceInfo, encrypt } = joined.layer.clientPlan();
      const entries = [...deviceInfo!].map(([id, value]) => tlvResource(id, Buffer.from(encrypt(value))));
      expect(bytes).toEqual(Buffer.concat(entries));
    });
  }
});
