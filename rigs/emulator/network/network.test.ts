import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {
  acceptAll,
  answerNothing,
  answerUpdates,
  created,
  isRegistration,
  refuseAll,
  type Server,
} from './client-on-air.fixture.ts';
import { coapCode, emptyMessage } from './coap.ts';
import { type JoinedModule, joinModule } from './joined-module.fixture.ts';
import { LIMIT_MS, openUdpServer, type UdpServer } from './udp-server.fixture.ts';

/**
 * Network time runs this many times faster, over real sockets. These tests check that nothing comes too early, counted
 * from a time before it can begin. They allow any delay of the machine; registration.test.ts checks exact times.
 */
const FACTOR = 60;
/** An update after 10 % of the period of 300 s, that is within a second of real time. */
const soon = { updatePercent: '10' };
const SOON_S = 30;
/** With a long T, so that a busy machine answers before a message is sent again. */
const soonAndPatient = { ...soon, coapTimeoutS: '60' };

let server: UdpServer;
let joined: JoinedModule;
afterEach(async () => {
  joined.leave();
  await server.close();
});

async function open(answer: Server, settings: Record<string, string> = {}): Promise<void> {
  server = await openUdpServer(answer);
  joined = joinModule(server.port, FACTOR, { settings });
}

const networkSeconds = (realMs: number): number => (realMs / 1000) * FACTOR;

test('silence: five datagrams of one message at 0, 4, 12, 28 and 60 s, then state 8 at 124 s', async () => {
  await open(answerNothing);
  const failedAt = await joined.waitForState(8);
  await server.waitFor(5);
  // The first is sent a second after state 4 is shown.
  const begin = (await joined.waitForState(4)) + 1000 / FACTOR;
  expect(server.received).toHaveLength(5);
  for (const [index, after] of [0, 4, 12, 28, 60].entries()) {
    expect(networkSeconds(server.received[index]!.at - begin)).toBeGreaterThanOrEqual(after);
  }
  expect(networkSeconds(failedAt - begin)).toBeGreaterThanOrEqual(124);
  const distinct = new Set(server.received.map(({ message, port }) => JSON.stringify([message, port])));
  expect(distinct.size).toBe(1);
});

test('registers, and updates by a share of the period', async () => {
  await open(acceptAll, soonAndPatient);
  const registeredAt = await joined.waitForState(6);
  const updatedAt = await joined.waitForState(11);
  expect(networkSeconds(updatedAt - registeredAt)).toBeGreaterThanOrEqual(SOON_S);
  expect(server.received.map(({ message }) => message.code)).toEqual([coapCode.post, coapCode.post]);
});

test.each<[string, Server, number]>([
  ['2.01 later, in a message of its own', separately, 6],
  ['2.01, and a duplicate of it', (message) => [created(message), created(message)], 6],
  ['4.03', refuseAll(0x83), 7],
  ['4.01 three times', refuseAll(coapCode.unauthorized), 7],
  ['RST', ({ id }) => [emptyMessage('RST', id)], 7],
  ['an empty ACK alone', ({ id }) => [emptyMessage('ACK', id)], 8],
  ['2.01 under another token', (message) => [{ ...created(message), token: Buffer.from('x') }], 8],
])('%s ends in the right state', async (_, answer, state) => {
  await open(answer);
  await joined.waitForState(state);
  expect(joined.states.map(([, shown]) => shown)).toEqual([4, state]);
});

function separately(message: Parameters<Server>[0]): ReturnType<Server> {
  if (!isRegistration(message)) return [];
  return [emptyMessage('ACK', message.id), { ...created(message), type: 'CON', id: 4711 }];
}

test('after a failed update it registers again, from another socket', async () => {
  await open(answerUpdates(refuseAll(0x84)), soonAndPatient);
  const again = await server.waitFor(3);
  expect(isRegistration(again.message)).toBe(true);
  expect(again.port).not.toBe(server.received[0]!.port);
  expect(joined.states.map(([, state]) => state).slice(0, 4)).toEqual([4, 6, 12, 4]);
});

test(
  'the program: `--clock` speeds the network up, a supply cut silences it',
  async () => {
    await open(acceptAll);
    joined.leave();
    const dir = mkdtempSync(path.join(os.tmpdir(), 'emulator-network-'));
    const nvram = path.join(dir, 'nvram');
    // As AT+QDMPCFG=1 would have saved it.
    writeFileSync(
      nvram,
      JSON.stringify({
        dm_access_ip_address: '127.0.0.1',
        dm_port: String(server.port),
        dm_update_period: '300',
      }),
    );
    const args = ['--dir', dir, '--nvram', nvram, '--clock', String(FACTOR)];
    for (const set of ['bootMs=20', `updatePercent=${soon.updatePercent}`]) args.push('--set', set);
    const child = fork(path.resolve(import.meta.dirname, '../main.mjs'), args, { execArgv: [] });
    const ended = once(child, 'exit');
    const heard = async (type: string): Promise<void> => {
      const signal = AbortSignal.timeout(LIMIT_MS);
      for (;;) {
        const [message] = (await once(child, 'message', { signal })) as [{ type: string }];
        if (message.type === type) return;
      }
    };
    try {
      await heard('ready');
      appendFileSync(path.join(dir, 'control'), 'on\n');
      const registration = await server.waitFor(1);
      // Without the factor this would take half a minute, longer than LIMIT_MS.
      await server.waitFor(2);
      expect(isRegistration(registration.message)).toBe(true);
      const off = heard('power');
      appendFileSync(path.join(dir, 'control'), 'off\n');
      await off;
      // Messages sent before are read by the end of this turn.
      await new Promise(setImmediate);
      const before = server.received.length;
      appendFileSync(path.join(dir, 'control'), 'on\n');
      // A new boot registers anew; an update from before the cut would come from the old socket.
      const afterCut = await server.waitFor(before + 1);
      expect(isRegistration(afterCut.message)).toBe(true);
      await server.waitFor(before + 2);
      const ports = server.received.map(({ port }) => port);
      expect(new Set(ports.slice(0, before))).toEqual(new Set([registration.port]));
      expect(ports.slice(before)).not.toContain(registration.port);
    } finally {
      child.disconnect();
      await ended;
      rmSync(dir, { recursive: true, force: true });
    }
  },
  6 * LIMIT_MS,
);
