import { closeSync, mkdtempSync, openSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { memoryTrace } from '../base/trace.ts';
import { emptyMessage } from '../platform/codec.ts';
import { endpointName, openTestClient, registerRequest } from '../platform/test-client.ts';
import type { TestClient } from '../platform/test-client.ts';
import type { Entry } from '../../reports/entry.ts';
import type { RigFile } from '../../rigs/rig-file.ts';
import { accounts } from './accounts.ts';
import { openTestPlatform } from './test-platform.ts';
import type { OpenTestPlatform, TestPlatform } from './test-platform.ts';

const rig = {
  control: { driver: 'command' },
  platform: { listen: { address: '127.0.0.1', port: 0 }, reachableAs: '127.0.0.1' },
  module: { clock: 1, networkToleranceS: 0 },
} as unknown as RigFile;

const said: Entry[] = [];
const emit = (entry: Entry): number => said.push(entry);

let folder: string;
let open: OpenTestPlatform;
let platform: TestPlatform;
let client: TestClient;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-test-'));
  open = (await openTestPlatform(rig, folder, memoryTrace(), emit))!;
  platform = open.fixture(new AbortController().signal);
  client = await openTestClient({ address: platform.serverIP, port: platform.serverPort });
});
afterEach(async () => {
  client.close();
  await open.close();
  rmSync(folder, { recursive: true });
});

test.each([
  ['emulated, told where the platform listens', 'emulator', '127.0.0.1', '127.0.0.1', true],
  ['emulated, told any of this machine', 'emulator', '0.0.0.0', '127.0.0.1', true],
  ['emulated, told an address where nobody listens', 'emulator', '127.0.0.1', '127.0.0.9', false],
  ['on a real board', 'command', '127.0.0.1', '127.0.0.1', false],
])('a module %s', async (_, driver, address, reachableAs, expected) => {
  const other = { ...rig, control: { driver }, platform: { listen: { address, port: 0 }, reachableAs } };
  const opened = (await openTestPlatform(other as RigFile, folder, memoryTrace(), emit))!;
  expect(opened.fixture(new AbortController().signal).onThisMachine).toBe(expected);
  await opened.close();
});

/** Lets the descriptor of an open file lead to a device without room. */
function fill(file: string): void {
  const found = readdirSync('/proc/self/fd').find((fd) => linkOf(fd) === file);
  closeSync(Number(found));
  while (openSync('/dev/full', 'w') < Number(found));
  expect(linkOf(found ?? '')).toBe('/dev/full');
}

function linkOf(fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined; // Closed meanwhile, as the one that listed the folder is.
  }
}

test('a capture that can no longer be written is told, once, and the platform goes on', async () => {
  fill(path.join(folder, 'platform.pcap'));
  await readAnswers(10);
  expect(await readAnswers(20)).toEqual(['ACK']);
  expect(said).toEqual([
    { type: 'message', text: expect.stringMatching(/^platform\.pcap ends early: .*ENOSPC/) as string },
  ]);
});

/** Registers, answers the read that follows with a response of its own, and hears what that gets. */
async function readAnswers(messageId: number): Promise<string[]> {
  const query = [`ep=${endpointName('v2.0', accounts[0].password)}`];
  client.send(registerRequest({ query, messageId }));
  await client.next();
  const get = await client.next();
  client.send(emptyMessage('ACK', get.messageId));
  client.send({ ...get, code: '4.04', options: [], messageId: messageId + 1 });
  return (await client.settled()).map(({ type }) => type);
}

test('a suite can script what a separate response to a read gets, and take it back', async () => {
  platform.answerRead.always({ how: 'silence' });
  expect(await readAnswers(10)).toEqual([]);
  platform.answerRead.times(1, { how: 'reset' });
  expect(await readAnswers(20)).toEqual(['RST']);
  platform.byTheRules();
  expect(await readAnswers(30)).toEqual(['ACK']);
});
